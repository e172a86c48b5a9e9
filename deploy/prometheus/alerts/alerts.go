// Package alerts writes the alert rules of deploy/prometheus/rules from the
// definitions, so that an indicator has its alerts on the day it is added.
package alerts

import (
	"maps"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/rulefile"
)

// DefaultRunbook is where each alert's section on what it means and what to do stands: in this repository. A council that
// serves the file gives the generator its address, so that the links of messages can be followed.
const DefaultRunbook = "docs/operations.md"

// alert is an alert rule in the parts that a reader is shown.
type alert struct {
	name, severity string
	// wait is how long the expression has to hold before the alert fires; empty for at once.
	wait, expression string
	// labels are those beside severity.
	labels map[string]string

	summary string
	// place, since and action are the parts of the description: what the alert is about, for how long, and what to do.
	place, since, action string
	// dashboard is the uid of the dashboard to look at, with the variables to set on it.
	dashboard string
}

const (
	authorityPlace = "{{ $labels.authority }}"
	teamPlace      = "{{ $labels.authority }}, team {{ $labels.team }}"
	sourcePlace    = "{{ $labels.authority }}, source {{ $labels.source }}"

	morningDashboard   = "childrens-manager-morning"
	wallboardDashboard = "childrens-wall-whole-service"
)

// rule is the alert as Prometheus reads it. Each alert has a section of its name in the runbook.
func (a alert) rule(runbook string) rulefile.Rule {
	labels := map[string]string{"severity": a.severity}
	maps.Copy(labels, a.labels)
	return rulefile.Rule{
		Alert: a.name, Expr: a.expression, For: a.wait, Labels: labels,
		Annotations: map[string]string{
			"summary":     a.summary,
			"description": a.place + ": " + a.since + " " + a.action,
			"runbook_url": runbook + "#" + strings.ToLower(a.name),
			// The address of Grafana is the external label grafana of the Prometheus that alerts.
			"dashboard_url": "{{ $externalLabels.grafana }}/d/" + a.dashboard,
		},
	}
}

// Groups are the rule groups for a catalogue. A runbook is the address of docs/operations.md.
func Groups(definitions *definition.Catalogue, runbook string) ([]rulefile.Group, error) {
	targets, err := indicatorAlerts(definitions)
	if err != nil {
		return nil, err
	}
	work, err := worklistAlerts(definitions)
	if err != nil {
		return nil, err
	}
	group := func(name, interval string, alerts []alert) rulefile.Group {
		rules := make([]rulefile.Rule, len(alerts))
		for i, alert := range alerts {
			rules[i] = alert.rule(runbook)
		}
		return rulefile.Group{Name: name, Interval: interval, Rules: rules}
	}
	indicators := group("childrens_services_targets", "5m", targets)
	indicators.Rules = append(comparedPeriods(), indicators.Rules...)
	return []rulefile.Group{
		indicators,
		group("childrens_services_work", "5m", work),
		group("childrens_services_trust", "1m", exporterAlerts()),
		group("childrens_services_public", "1m", publicAlerts(definitions)),
	}, nil
}

// Write gives the text of the rule file.
func Write(definitions *definition.Catalogue, runbook string) ([]byte, error) {
	groups, err := Groups(definitions, runbook)
	if err != nil {
		return nil, err
	}
	return rulefile.Write("Written by make rules from the definitions; change deploy/prometheus/alerts instead.", groups...)
}
