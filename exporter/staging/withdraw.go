package staging

import (
	"maps"
	"slices"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/unavailable"
)

// Withdrawal is an indicator of a cohort, or one of its breakdowns, that cannot be had though the cohort can.
type Withdrawal struct {
	Indicator *definition.Indicator
	// By is the breakdown; empty where the whole indicator is withdrawn.
	By      string
	Reason  unavailable.Reason
	Message string
}

// FindWithdrawal finds why an indicator, or one of its breakdowns, is withdrawn, if it is.
func FindWithdrawal(withdrawals []Withdrawal, indicator *definition.Indicator, by string) (withdrawal Withdrawal, withdrawn bool) {
	at := slices.IndexFunc(withdrawals, func(w Withdrawal) bool { return w.Indicator == indicator && (w.By == "" || w.By == by) })
	if at < 0 {
		return Withdrawal{}, false
	}
	return withdrawals[at], true
}

// IsWithdrawn reports whether an indicator, or one of its breakdowns, is withdrawn.
func (p *Plan) IsWithdrawn(indicator *definition.Indicator, by string) bool {
	_, withdrawn := FindWithdrawal(p.Withdrawn, indicator, by)
	return withdrawn
}

// hasAny reports whether anything is left of an indicator.
func (p *Plan) hasAny(indicator *definition.Indicator) bool {
	if !indicator.BreakdownOnly {
		return !p.IsWithdrawn(indicator, "")
	}
	return slices.ContainsFunc(indicator.Breakdowns, func(b definition.Breakdown) bool { return !p.IsWithdrawn(indicator, b.By) }) ||
		len(indicator.Breakdowns) == 0 && !p.IsWithdrawn(indicator, "")
}

// absence is a column, or all rows, of a mapped relation that a database does not give.
type absence struct {
	relation, column string
	reason           unavailable.Reason
	message          string
}

// WithdrawUnmapped withdraws from the plan what rests on a column of codes whose words are mostly unknown.
func (s *Staging) WithdrawUnmapped(plan *Plan, relation, column string) {
	if plan.Missing != "" || !plan.reads[relation][column] {
		return
	}
	source := s.relations[relation].Table + "." + s.relations[relation].Columns[column].From[0]
	s.withdraw(plan, absence{relation, column, unavailable.Unmapped,
		"most words in " + source + " are not known; add them under codes in the settings"})
}

// withdraw takes from a plan what rests on something absent: breakdowns and indicators, or the cohort where its rows
// rest on it.
func (s *Staging) withdraw(plan *Plan, absent absence) {
	result := s.doubtOf(plan, absent)
	cohort := plan.Cohort
	fall := func() {
		if plan.Missing == "" {
			plan.Missing, plan.Reason = absent.message, absent.reason
		}
	}
	if result.rows || result.columns["kind"] || result.columns["ends"] || slices.ContainsFunc(cohort.Grain, result.of) {
		fall()
		return
	}
	withdrawals := slices.Clone(plan.Withdrawn)
	for _, indicator := range cohort.Indicators {
		reads := slices.ContainsFunc(slices.Sorted(maps.Keys(result.columns)), indicator.Reads)
		if reads {
			withdrawals = append(withdrawals, Withdrawal{indicator, "", absent.reason, absent.message})
		}
		for _, breakdown := range indicator.Breakdowns {
			if !reads && slices.ContainsFunc(breakdown.Labels, result.of) {
				withdrawals = append(withdrawals, Withdrawal{indicator, breakdown.By, absent.reason, absent.message})
			}
		}
	}
	plan.Withdrawn = withdrawals
	if !slices.ContainsFunc(cohort.Indicators, plan.hasAny) {
		fall()
	}
}

// doubtOf follows something absent to the columns and rows of a cohort.
func (s *Staging) doubtOf(plan *Plan, absent absence) doubt {
	follow := lineage{map[string]doubt{}}
	for _, name := range plan.order {
		r := s.relations[name]
		switch {
		case r.override:
			continue
		case r.Table == "":
			follow.relations[name] = follow.query(r.sql)
			continue
		}
		result := doubt{columns: map[string]bool{}, all: slices.Sorted(maps.Keys(r.Columns))}
		if name == absent.relation {
			result.rows = absent.column == ""
			if absent.column != "" {
				result.columns[absent.column] = true
			}
		}
		for column, l := range plan.lookups[name] {
			other := follow.relations[l.Relation]
			if other.of(column) || other.of(l.On) {
				result.columns[column] = true
			}
		}
		follow.relations[name] = result
	}
	return follow.query(plan.Cohort.SQL)
}
