package source_test

import (
	"context"
	"errors"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/fixtures"
)

// TestMostlyUnknownWordsAreNoZero reads a council whose status of immigration and category of plan are in words that nobody
// knows: the count that rests on the first is unavailable, and of the plans the breakdown alone.
func TestMostlyUnknownWordsAreNoZero(t *testing.T) {
	for _, test := range []struct {
		words    [3]string
		unmapped bool
	}{
		{[3]string{"Z9", "Z9", "U"}, true},
		{[3]string{"Z9", "U", "R"}, false},
		{[3]string{"Z9", "U", ""}, false}, // half is not most
		{[3]string{"", "", ""}, false},
	} {
		council := fixtures.Golden{Source: "social_care", AsOf: "2026-03-31", Tables: map[string]string{
			"ssd_person": "pers_person_id, pers_dob\n1, 2012-01-01\n2, 2012-01-01\n3, 2012-01-01",
			"ssd_immigration_status": "immi_immigration_status_id, immi_person_id, immi_immigration_status, immi_immigration_status_start_date\n" +
				"1, 1, " + test.words[0] + ", 2026-01-01\n2, 2, " + test.words[1] + ", 2026-01-01\n3, 3, " + test.words[2] + ", 2026-01-01",
			"ssd_cp_plans": "cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_latest_category\n" +
				"1, 1, 2026-01-01, " + test.words[0] + "\n2, 2, 2026-01-01, " + test.words[1] + "\n3, 3, 2026-01-01, " + test.words[0],
		}}
		src := newSource(t, council)
		asOf, err := council.Day()
		if err != nil {
			t.Fatal(err)
		}
		err = src.Read(t.Context(), source.ReadOptions{AsOf: asOf}, func(ctx context.Context, session *source.Session) error {
			for _, plan := range session.Plans {
				result, err := session.Evaluate(ctx, plan, []calendar.Period{plan.Cohort.Period(src.Calendar, plan.Cohort.Windows[0], asOf)})
				own, _ := errors.AsType[*unavailable.Error](err)
				switch plan.Cohort.Name {
				case "looked_after/unaccompanied":
					if got := own != nil && own.Reason == unavailable.Unmapped; got != test.unmapped {
						t.Errorf("%v: unaccompanied children unavailable: %t (%v)", test.words, got, err)
					}
				case "child_protection/plans":
					if err != nil {
						return err
					}
					seen := map[string]bool{}
					for _, observation := range result.Observations(plan.Cohort.Period(src.Calendar, calendar.Snapshot, asOf)) {
						if observation.Indicator.Name == "childrens_cp_plans_open" {
							seen[observation.By] = true
						}
					}
					if !seen[""] || !seen["team"] || seen["category"] == (test.words[0] == "Z9") {
						t.Errorf("%v: plans are counted by %v", test.words, seen)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
