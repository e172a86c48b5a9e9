package collector_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/internal/testcouncil"
)

// expectedSamples is every sample of the council, worked out by hand from council.sql.
func expectedSamples() map[string]float64 {
	return map[string]float64{
		"childrens_cp_plans_open":                               60,
		"childrens_cp_plans_open_by_team North":                 30,
		"childrens_cp_plans_open_by_team South":                 30,
		"childrens_cp_plans_of_unknown_age":                     0,
		"childrens_cp_visits_on_time_ratio":                     1,
		"childrens_cp_visits_on_time_numerator":                 60,
		"childrens_cp_visits_on_time_denominator":               60,
		"childrens_cp_visits_on_time_ratio_by_team North":       1,
		"childrens_cp_visits_on_time_ratio_by_team South":       1,
		"childrens_cp_visits_on_time_numerator_by_team North":   30,
		"childrens_cp_visits_on_time_numerator_by_team South":   30,
		"childrens_cp_visits_on_time_denominator_by_team North": 30,
		"childrens_cp_visits_on_time_denominator_by_team South": 30,
		"childrens_cp_plans_by_worker North W0":                 10,
		"childrens_cp_plans_by_worker North W1":                 10,
		"childrens_cp_plans_by_worker North W2":                 10,
		"childrens_cp_plans_by_worker South W0":                 10,
		"childrens_cp_plans_by_worker South W1":                 10,
		"childrens_cp_plans_by_worker South W2":                 10,
		"childrens_referrals quarter":                           0,
		"childrens_referrals fytd":                              90,
		"childrens_referrals_by_need N1 fytd":                   60,
		"childrens_referrals_by_need N4 fytd":                   30,
	}
}

func TestCollectionIsAcceptedOnceTheTablesSettle(t *testing.T) {
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, testcouncil.Database(t), testcouncil.Settings{}))
	if got := testcouncil.Samples(current.Snapshot()); len(got) > 0 {
		t.Errorf("before the first collection: %v", got)
	}
	testcouncil.Settle(t, current)
	state := current.Snapshot()
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(state)); diff != "" {
		t.Error(diff)
	}
	for _, cohort := range state.Cohorts {
		if cohort.Problem != "" {
			t.Errorf("%s: %s", cohort.Cohort.Name, cohort.Problem)
		}
	}
	if !state.Up || !state.Succeeded.Equal(testcouncil.Noon()) || state.Problem != "" || len(state.Held) > 0 {
		t.Errorf("up %t, succeeded %v, problem %q, held %v", state.Up, state.Succeeded, state.Problem, state.Held)
	}
	if got := state.Newest.Format("2006-01-02"); got != "2026-03-26" {
		t.Errorf("newest event %s", got)
	}
}
