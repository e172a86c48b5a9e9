package panels

import (
	"fmt"
	"slices"

	"childrens-services-exporter/internal/rulefile"
)

// Rule is a query that Prometheus evaluates beforehand and records, so that a page with many of them reads the recorded
// series alone, however much history there is.
type Rule struct {
	// Record is the name of the recorded family.
	Record string
	// Indicator is the label of a series of one indicator; empty where one rule records all indicators.
	Indicator string
	// Labels are those that the series may have beside a scrape's own.
	Labels []string
	Expr   string
}

// The recorded families.
const (
	tileRule      = "indicator:childrens_indicator_value:tile"
	factsRule     = "indicator:childrens_indicator_value:facts"
	rowRule       = "indicator:childrens_indicator_rag:row"
	periodRule    = "indicator_period:childrens_indicator_period:with_status"
	configRule    = "indicator:childrens_indicator_info:panel_config"
	scaleRule     = "indicator:childrens_indicator_info:scale"
	teamsRule     = "team:childrens_by_team:group"
	teamRule      = "indicator_team:childrens_indicator_value:tile"
	worklistRule  = "indicator_team:childrens_indicator_value:worklist"
	caseloadRule  = "team_worker:childrens_caseload_by_worker:by_limit"
	freshnessRule = "authority:childrens_exporter_stale:max"
)

// addRule adds a recording rule and gives the selector of its series.
func (d *Dashboard) addRule(rule Rule) string {
	d.rules = append(d.rules, rule)
	if rule.Indicator == "" {
		return rule.Record
	}
	return forIndicator(rule.Record, rule.Indicator)
}

// RecordingRules are the rules of some dashboards for a data source, in the order in which it evaluates them.
func RecordingRules(boards []*Dashboard, source DataSource) ([]Rule, error) {
	all := []Rule{
		// 2 where the exporter does not answer. Without a value the rules are not loaded.
		{Record: freshnessRule, Expr: fallback("max(childrens_exporter_stale)", "vector(2)")},
	}
	if source == Managers {
		// Others build on it.
		all = append(all, Rule{Record: teamsRule, Labels: []string{"team"}, Expr: allTeams()})
	}
	for _, board := range boards {
		if board.Source != source {
			continue
		}
		for _, rule := range board.rules {
			same := slices.IndexFunc(all, func(other Rule) bool { return other.Record == rule.Record && other.Indicator == rule.Indicator })
			switch {
			case same < 0:
				all = append(all, rule)
			case all[same].Expr != rule.Expr:
				return nil, fmt.Errorf("%s: two pages record %s of %s by different queries; give the second a family of its own", board.File, rule.Record, rule.Indicator)
			}
		}
	}
	return all, nil
}

// WriteRules gives the file of a data source's rules, as Prometheus reads it.
func WriteRules(boards []*Dashboard, source DataSource) ([]byte, error) {
	all, err := RecordingRules(boards, source)
	if err != nil {
		return nil, err
	}
	group := rulefile.Group{Name: "childrens_services_screens"}
	for _, rule := range all {
		entry := rulefile.Rule{Record: rule.Record, Expr: rule.Expr}
		if rule.Indicator != "" {
			entry.Labels = map[string]string{"indicator": rule.Indicator}
		}
		group.Rules = append(group.Rules, entry)
	}
	return rulefile.Write("Written by make dashboards from the definitions; change grafana/pages and grafana/panels instead.", group)
}

// excludedFields is what the columns of a table leave out: the names of the fields, and what a scrape and a rule add.
func excludedFields(fields ...string) map[string]bool {
	excluded := map[string]bool{"__name__": true, "job": true, "instance": true, "authority": true}
	for _, field := range fields {
		excluded[field] = true
	}
	return excluded
}
