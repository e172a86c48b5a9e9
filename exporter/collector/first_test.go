package collector_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/internal/testcouncil"
)

// revisionOf finds the revision of a closed quarter.
func revisionOf(t *testing.T, current *collector.Collector, name, indicator, quarter string) (revision.Revision, bool) {
	t.Helper()
	for _, value := range cohort(t, current, name).Periods.Revisions {
		if value.Observation.Indicator.Name == indicator && value.Period.Label == quarter && value.Period.Kind == "quarter" {
			return value, true
		}
	}
	return revision.Revision{}, false
}

func TestRevisionOfAQuarterOutlivesARestart(t *testing.T) {
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	// The data reach beyond the end of the quarter.
	db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) values ('april', 'P1', '2026-04-10')")
	at := &clock{time.Date(2026, time.April, 1, 12, 0, 0, 0, time.UTC)}
	options := at.options()
	options.StateDir = t.TempDir()
	source := testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()})
	current := options.Collector(source)
	collectAt := func(now time.Time) {
		t.Helper()
		at.now = now
		if err := current.Collect(t.Context(), collector.Request{}); err != nil {
			t.Fatal(err)
		}
	}
	collectAt(at.now)
	if _, recorded := revisionOf(t, current, "front_door/referrals", "childrens_referrals", "2025-26 Q4"); recorded {
		t.Error("the quarter counts as reported on the day after it closed")
	}
	// Good Friday and Easter Monday left out, the tenth working day is 16 April.
	collectAt(time.Date(2026, time.April, 16, 12, 0, 0, 0, time.UTC))
	db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) select 'late ' || n, 'P1', '2026-03-30' from generate_series(1, 31) as n")
	current = options.Collector(source)
	collectAt(time.Date(2026, time.April, 17, 12, 0, 0, 0, time.UTC))
	revision, recorded := revisionOf(t, current, "front_door/referrals", "childrens_referrals", "2025-26 Q4")
	if !recorded || revision.FirstReported.Value != 90 || *revision.Observation.Value != 121 ||
		revision.Text() != "2025-26 Q4 was 90, now 121: 31 more recorded after 16 April 2026" {
		t.Errorf("%t: %s", recorded, revision.Text())
	}
	if _, recorded := revisionOf(t, current, "child_protection/plans", "childrens_cp_plans_open", "2025-26 Q3"); recorded {
		t.Error("a quarter that was due before anything was kept has a first value")
	}
}

func TestLastMeetingHasTheValuesOfItsDay(t *testing.T) {
	url := testcouncil.Database(t)
	at := &clock{testcouncil.Noon()}
	options := at.options()
	options.Meetings = []time.Time{time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, time.April, 1, 0, 0, 0, 0, time.UTC)}
	current := options.Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	find := func() evaluate.MeetingObservation {
		t.Helper()
		if err := current.Collect(t.Context(), collector.Request{}); err != nil {
			t.Fatal(err)
		}
		for _, value := range cohort(t, current, "child_protection/plans").Periods.Meeting {
			if value.Indicator.Name == "childrens_cp_visits_on_time_ratio" {
				return value
			}
		}
		t.Fatal("nothing of the meeting")
		return evaluate.MeetingObservation{}
	}
	// Nothing was recorded on 1 March, so the value is calculated: all had been seen.
	if got := find(); got.Meeting != "2026-03-01" || got.Recorded || got.Value != 1 || *got.Status != rag.OnTarget {
		t.Errorf("%+v", got)
	}
	db := testcouncil.Session(t, url)
	db.MustExec("delete from ssd_cp_visits where substr(cppv_person_id, 2)::integer > 30")
	at.now = at.now.Add(24 * time.Hour)
	if got := find(); got.Meeting != "2026-04-01" || !got.Recorded || got.Value != 0.5 || *got.Status != rag.OffTarget {
		t.Errorf("on the day: %+v", got)
	}
	// Recorded late: on target now, and still red at the last meeting.
	db.MustExec("insert into ssd_cp_visits (cppv_cp_visit_id, cppv_person_id, cppv_cp_visit_date, cppv_cp_visit_seen) select 'late' || n, 'P' || n, '2026-03-31', 'Y' from generate_series(31, 60) as n")
	at.now = at.now.Add(24 * time.Hour)
	if got := find(); !got.Recorded || got.Value != 0.5 || *got.Status != rag.OffTarget {
		t.Errorf("the day after: %+v", got)
	}
	if got := testcouncil.Samples(current.Snapshot())["childrens_cp_visits_on_time_ratio"]; got != 1 {
		t.Errorf("now: %g", got)
	}
}

func TestRunServesTodayBeforeThePeriods(t *testing.T) {
	options := testcouncil.DefaultOptions()
	options.RetryInterval, options.Interval = 10*time.Millisecond, time.Hour
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	snapshots := make(chan *evaluate.Snapshot, 10)
	options.Published = func(snapshot *evaluate.Snapshot) {
		snapshots <- snapshot
		if !snapshot.Cohort("child_protection/plans").Periods.Succeeded.IsZero() {
			stop()
		}
	}
	options.Collector(testcouncil.Source(t, testcouncil.Database(t), testcouncil.Settings{Guards: acceptAtOnce()})).Run(ctx)
	close(snapshots)
	var hadPeriods []bool
	for snapshot := range snapshots {
		cohort := snapshot.Cohort("child_protection/plans")
		if cohort.Live == nil {
			t.Error("a snapshot without live values was served")
		}
		hadPeriods = append(hadPeriods, !cohort.Periods.Succeeded.IsZero())
	}
	// The first snapshot has today's values alone, the second the periods too.
	if diff := cmp.Diff([]bool{false, true}, hadPeriods); diff != "" {
		t.Error(diff)
	}
}
