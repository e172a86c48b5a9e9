// Package alerts writes the alert rules of deploy/prometheus/rules from the
// definitions, so that an indicator has its alerts on the day it is added.
package alerts

import (
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/rulefile"
)

// text is what a reader is told: what, where, since when, what to do.
type text struct{ what, where, since, do, board string }

func rule(name, severity, lasting, expression string, said text) rulefile.Rule {
	return rulefile.Rule{
		Alert: name, Expr: expression, For: lasting, Labels: map[string]string{"severity": severity},
		Annotations: map[string]string{
			"summary": said.what, "where": said.where, "since": said.since, "action": said.do,
			// The address of Grafana is the external label grafana of the Prometheus that alerts.
			"dashboard": "{{ $externalLabels.grafana }}/d/" + said.board,
		},
	}
}

const (
	whole = "{{ $labels.authority }}"
	team  = "{{ $labels.authority }}, team {{ $labels.team }}"
	// morning and wall are the dashboards that alerts lead to.
	morning = "childrens-manager-morning"
	wall    = "childrens-wall-whole-service"
)

// Groups are all the rules for a catalogue.
func Groups(definitions *definition.Catalogue) ([]rulefile.Group, error) {
	targets, err := indicatorAlerts(definitions)
	if err != nil {
		return nil, err
	}
	work, err := worklistAlerts(definitions)
	if err != nil {
		return nil, err
	}
	return []rulefile.Group{
		{Name: "childrens_services_targets", Interval: "5m", Rules: targets},
		{Name: "childrens_services_work", Interval: "5m", Rules: work},
		{Name: "childrens_services_trust", Interval: "1m", Rules: exporterAlerts()},
		{Name: "childrens_services_public", Interval: "1m", Rules: publicAlerts(definitions)},
	}, nil
}

// Write gives the file of rules.
func Write(definitions *definition.Catalogue) ([]byte, error) {
	groups, err := Groups(definitions)
	if err != nil {
		return nil, err
	}
	return rulefile.Write("Written by make rules from the definitions; change deploy/prometheus/alerts instead.", groups...)
}
