package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/testcouncil"
)

func TestValuesExpireIntoAGap(t *testing.T) {
	s := serve(t, testcouncil.Database(t))
	s.source.Guard = source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 4, Change: guard.DefaultChangePolicy()})
	s.collect(t)
	testcouncil.Session(t, s.database).MustExec("truncate ssd_cp_plans")
	s.at.now = s.at.now.Add(time.Hour)
	if err := s.collector.Collect(t.Context(), collector.Request{}); err == nil {
		t.Fatal("an emptied table was believed")
	}
	_, text := get(t, s.handler(), "/metrics")
	if got := linesWithPrefix(text, "childrens_cp_plans_open "); len(got) != 1 || got[0] != "childrens_cp_plans_open 60" {
		t.Errorf("after an hour: %v", got)
	}
	want := []string{`childrens_exporter_guard_held{reason="rows_fell",source="social_care"} 1`}
	if diff := cmp.Diff(want, linesWithPrefix(text, "childrens_exporter_guard_held{")); diff != "" {
		t.Error(diff)
	}
	s.at.now = s.at.now.Add(time.Second)
	_, text = get(t, s.handler(), "/metrics")
	for _, family := range []string{"childrens_cp_", "childrens_referrals", "childrens_indicator_value{", "childrens_indicator_rag{", "childrens_data_quality_rows{"} {
		if got := linesWithPrefix(text, family); len(got) > 0 {
			t.Errorf("a second later there is still %s", strings.Join(got, ", "))
		}
	}
	for _, want := range []string{
		`childrens_exporter_stale{source="social_care"} 1`,
		`childrens_exporter_up{source="social_care"} 1`,
		`childrens_exporter_indicator_available{indicator="childrens_cp_plans_open"} 0`,
		`childrens_exporter_indicator_unavailable_reason{indicator="childrens_cp_plans_open",reason="expired"} 1`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("the page does not say %s", want)
		}
	}
	if _, workers := get(t, s.handler(), "/metrics/workers"); workers != "" {
		t.Errorf("the page of workers still has\n%s", workers)
	}
	// A closed period does not grow old.
	if _, public := get(t, s.handler(), "/metrics/public"); !strings.Contains(public, "\nchildrens_cp_plans_open 60\n") {
		t.Errorf("the public page lost its closed period:\n%s", public)
	}
}

func TestMissingRightIsReportedAtOnceAndItsValuesGo(t *testing.T) {
	s := collected(t)
	testcouncil.Session(t, s.database).MustExec("alter table ssd_cp_plans drop column cppl_cp_plan_start_date")
	s.collect(t)
	_, text := get(t, s.handler(), "/metrics")
	if got := linesWithPrefix(text, "childrens_cp_"); len(got) > 0 {
		t.Errorf("still served: %v", got)
	}
	for _, want := range []string{
		`childrens_exporter_indicator_available{indicator="childrens_cp_plans_open"} 0`,
		`childrens_exporter_indicator_unavailable_reason{indicator="childrens_cp_plans_open",reason="missing"} 1`,
		`childrens_exporter_indicator_available{indicator="childrens_referrals"} 1`,
		`childrens_exporter_cohort_success{cohort="child_protection/plans"} 0`,
		`childrens_referrals{window="fytd"} 90`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("the page does not say %s", want)
		}
	}
	if reasons := linesWithPrefix(text, `childrens_exporter_indicator_unavailable_reason{indicator="childrens_referrals"`); len(reasons) > 0 {
		t.Errorf("an indicator that is served has %v", reasons)
	}
	if _, page := get(t, s.handler(), "/"); !strings.Contains(page, "column ssd_cp_plans.cppl_cp_plan_start_date is missing") {
		t.Errorf("the landing page does not say why:\n%s", page)
	}
}

func TestCohortThatFailsDoesNotShowThePublicAnOldPeriodForLong(t *testing.T) {
	s := collected(t)
	db := testcouncil.Session(t, s.database)
	db.MustExec("alter table ssd_cp_plans rename column cppl_cp_plan_start_date to began")
	s.at.now = time.Date(2026, time.April, 16, 9, 0, 0, 0, time.UTC)
	s.collect(t)
	_, text := get(t, s.handler(), "/metrics/public")
	if got := linesWithPrefix(text, "childrens_cp_"); len(got) > 0 {
		t.Errorf("last quarter's figures stand beside this quarter's: %v", got)
	}
	want := []string{`childrens_public_period_info{period="2025-26 Q4"} 1`}
	if diff := cmp.Diff(want, linesWithPrefix(text, "childrens_public_period_info{")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`childrens_referrals{window="quarter"} 90`}, linesWithPrefix(text, "childrens_referrals{")); diff != "" {
		t.Error(diff)
	}
}
