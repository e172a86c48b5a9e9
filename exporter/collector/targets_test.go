package collector_test

import (
	"io/fs"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/internal/testcouncil"
)

// rated gives the target and the status of an indicator in a snapshot.
func rated(t *testing.T, snapshot *evaluate.Snapshot, indicator string) (target float64, status rag.Status) {
	t.Helper()
	for _, cohort := range snapshot.Cohorts {
		for _, rating := range cohort.Ratings {
			if rating.Indicator.Name != indicator {
				continue
			}
			inForce, exists := snapshot.Targets.On(rating.Indicator, calendar.Today(testcouncil.Noon()))
			if !exists || rating.Status == nil {
				t.Fatalf("%s has no target", indicator)
			}
			return inForce.Value, *rating.Status
		}
	}
	t.Fatalf("%s is not rated", indicator)
	return 0, 0
}

const onTime = "childrens_cp_visits_on_time_ratio"

// While the source is read again, everything that is served belongs to the reading
// before: values, targets and ratings.
func TestSnapshotIsWholeDuringACollection(t *testing.T) {
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	db.MustExec(`create table gate (n integer);
		create table target (indicator text, valid_from date, target double precision, tolerance double precision);
		insert into target values ('childrens_cp_visits_on_time_ratio', '2025-04-01', 0.9, 0.05)`)
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{Layers: []fs.FS{gate()}, Guards: acceptAtOnce()}))
	testcouncil.Settle(t, current)
	if target, status := rated(t, current.Snapshot(), onTime); target != 0.9 || status != rag.OnTarget {
		t.Fatalf("target %g, status %d", target, status)
	}
	// The value falls to 0.5, and the target to 0.4: by either pair it is on target or
	// off target, by a mixture the other.
	db.MustExec(`insert into gate values (1);
		update target set target = 0.4;
		delete from ssd_cp_visits where substr(cppv_person_id, 2)::integer > 30`)
	before := current.Snapshot()
	ended := collection(t, current)
	await(t, db, atTheGate)
	during := current.Snapshot()
	if target, status := rated(t, during, onTime); during != before || target != 0.9 || status != rag.OnTarget {
		t.Errorf("during the collection: target %g, status %d", target, status)
	}
	db.MustExec("select pg_terminate_backend(pid) from (" + atTheGateBackend + ") as busy")
	if err := <-ended; err == nil {
		t.Fatal("the collection succeeded")
	}
	// What was not accepted leaves nothing behind.
	if target, status := rated(t, current.Snapshot(), onTime); target != 0.9 || status != rag.OnTarget {
		t.Errorf("after a failed collection: target %g, status %d", target, status)
	}
	db.MustExec("delete from gate")
	testcouncil.Settle(t, current)
	if target, status := rated(t, current.Snapshot(), onTime); target != 0.4 || status != rag.OnTarget {
		t.Errorf("after the collection: target %g, status %d", target, status)
	}
	if target, status := rated(t, before, onTime); target != 0.9 || status != rag.OnTarget {
		t.Errorf("the snapshot before has changed: target %g, status %d", target, status)
	}
}

// A council may keep all targets in one table, whichever database it is in.
func TestTableOfOneSourceIsInForceForAnother(t *testing.T) {
	url, other := testcouncil.Database(t), testcouncil.Database(t)
	testcouncil.Session(t, url).MustExec("delete from ssd_cp_visits where substr(cppv_person_id, 2)::integer > 40")
	testcouncil.Session(t, other).MustExec(`create table target (indicator text, valid_from date, target double precision, tolerance double precision);
		insert into target values ('childrens_cp_visits_on_time_ratio', '2025-04-01', 0.5, 0.05)`)
	options := testcouncil.DefaultOptions()
	options.Targets = collector.NewTargets(rag.Targets{})
	first := options.Collector(testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}))
	// The other source has the table of targets and nothing to evaluate.
	source := testcouncil.Source(t, other, testcouncil.Settings{Guards: acceptAtOnce()})
	source.Name = "education"
	for _, cohort := range source.Catalogue.Cohorts {
		cohort.Source = "education"
	}
	second := options.Collector(source)
	testcouncil.Settle(t, first)
	if target, status := rated(t, first.Snapshot(), onTime); target != 0.95 || status != rag.OffTarget {
		t.Errorf("before the table is read: target %g, status %d", target, status)
	}
	testcouncil.Settle(t, second)
	if target, status := rated(t, first.Snapshot(), onTime); target != 0.5 || status != rag.OnTarget {
		t.Errorf("afterwards: target %g, status %d", target, status)
	}
}
