package evaluate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/source"
)

// periodFacts is what report and exporter must agree on for one indicator in one
// period.
type periodFacts struct {
	Value       float64
	Status      string
	FirstValue  string
	Denominator string
}

// factsOf lists the facts of a snapshot, by indicator, window and period. Only periods
// that a report on a quarter has too are listed.
func factsOf(snapshot *evaluate.Snapshot) map[string]periodFacts {
	facts := map[string]periodFacts{}
	for _, cohort := range snapshot.Cohorts {
		first := map[string]string{}
		for _, revision := range cohort.Periods.Revisions {
			first[periodKey(revision.PeriodObservation)] = fmt.Sprint(revision.FirstReported.Value, revision.Revised())
		}
		for _, rating := range cohort.Periods.Ratings {
			if rating.Period.Kind != "quarter" || rating.Offset == 0 {
				continue
			}
			status, denominator := "not rated", "none"
			if rating.Status != nil {
				status = fmt.Sprint(*rating.Status)
			}
			if rating.Observation.Denominator != nil {
				denominator = fmt.Sprint(*rating.Observation.Denominator)
			}
			key := periodKey(rating.PeriodObservation)
			facts[key] = periodFacts{*rating.Observation.Value, status, first[key], denominator}
		}
	}
	return facts
}

func periodKey(value definition.PeriodObservation) string {
	return fmt.Sprint(value.Observation.Indicator.Name, " ", value.Period.Label, " ", value.Offset)
}

// The exporter and the report evaluate in one way: for each indicator and quarter both
// have the same value, the same status and the same revision.
func TestReportAndExporterAgreeOnEveryPeriod(t *testing.T) {
	src, db := council(t, "create table target (indicator text, valid_from date, target double precision, tolerance double precision)",
		"insert into target values ('childrens_cp_visits_on_time_ratio', '2025-04-01', 0.4, 0.1), ('childrens_referrals', '2025-04-01', 50, 30)",
		"delete from ssd_cp_visits where substr(cppv_person_id, 2)::integer > 30")
	options := optionsOn(april())
	options.StateDir = t.TempDir()
	quarter, err := src.Calendar.ParseLabel("2025-26 Q4")
	if err != nil {
		t.Fatal(err)
	}
	report := evaluate.Request{Read: source.ReadOptions{AsOf: april()}, Periods: evaluate.PeriodRequest{Report: quarter}}
	evaluated(t, options.Evaluator(src), report)
	// Recorded late, after the first report.
	db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) select 'late ' || n, 'P1', '2026-03-30' from generate_series(1, 31) as n")
	onExporter := factsOf(evaluated(t, options.Evaluator(src), live(april())))
	inReport := factsOf(evaluated(t, options.Evaluator(src), report))
	if diff := cmp.Diff(onExporter, inReport); diff != "" {
		t.Errorf("(-exporter +report):\n%s", diff)
	}
	indicators := map[string]bool{}
	for _, cohort := range src.Catalogue.Cohorts {
		for _, indicator := range cohort.Indicators {
			if !indicator.BreakdownOnly {
				indicators[indicator.Name] = true
			}
		}
	}
	for key := range inReport {
		var name string
		if _, err := fmt.Sscan(key, &name); err != nil {
			t.Fatal(err)
		}
		delete(indicators, name)
	}
	if len(indicators) > 0 {
		t.Errorf("nothing is compared of %v", indicators)
	}
}
