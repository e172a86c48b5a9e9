package panels

import (
	"fmt"
	"slices"

	"childrens-services-exporter/internal/rulefile"
)

// Rule is a question that Prometheus answers once an evaluation, so that a page with many of them asks for the answers
// alone, however much history there is.
type Rule struct {
	// Record is the family of the answers.
	Record string
	// Indicator is the label that tells the answers of one indicator from another's; empty where one rule answers for all.
	Indicator string
	// Labels are those that the answers may have beside a scrape's own.
	Labels []string
	Expr   string
}

// The families of the answers.
const (
	tileAnswers   = "childrens:tile"
	factAnswers   = "childrens:facts"
	rowAnswers    = "childrens:row"
	periodAnswers = "childrens:period"
	aboutAnswers  = "childrens:about"
	scaleAnswers  = "childrens:scale"
	everyTeam     = "childrens:teams"
	teamAnswers   = "childrens:team"
	dueAnswers    = "childrens:due"
	caseAnswers   = "childrens:caseload"
	freshness     = "childrens:freshness"
)

// record has a question answered beforehand and gives the selector of its answers.
func (b *Board) record(rule Rule) string {
	b.rules = append(b.rules, rule)
	if rule.Indicator == "" {
		return rule.Record
	}
	return of(rule.Record, rule.Indicator)
}

// Rules are the questions of some boards that a data source answers beforehand, in the order in which they must be.
func Rules(boards []*Board, source DataSource) ([]Rule, error) {
	all := []Rule{
		// 2 where the exporter does not answer. Without an answer the rules are not loaded.
		{Record: freshness, Expr: firstOf("max(childrens_exporter_stale)", "vector(2)")},
	}
	if source == Managers {
		// Others build on it.
		all = append(all, Rule{Record: everyTeam, Labels: []string{"team"}, Expr: teams()})
	}
	for _, board := range boards {
		if board.Source != source {
			continue
		}
		for _, rule := range board.rules {
			known := slices.IndexFunc(all, func(other Rule) bool { return other.Record == rule.Record && other.Indicator == rule.Indicator })
			switch {
			case known < 0:
				all = append(all, rule)
			case all[known].Expr != rule.Expr:
				return nil, fmt.Errorf("%s: two pages ask %s of %s in different ways; give the second a family of its own", board.File, rule.Record, rule.Indicator)
			}
		}
	}
	return all, nil
}

// WriteRules gives the file of a data source's rules, as Prometheus reads it.
func WriteRules(boards []*Board, source DataSource) ([]byte, error) {
	all, err := Rules(boards, source)
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

// without is what the columns of a table leave out: the names of the fields, and what a scrape and a rule add.
func without(fields ...string) map[string]bool {
	left := map[string]bool{"__name__": true, "job": true, "instance": true, "authority": true}
	for _, field := range fields {
		left[field] = true
	}
	return left
}
