package evaluate_test

import (
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/temppg/pgtest"
	"childrens-services-exporter/internal/testcouncil"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// acceptAtOnce is a guard that accepts every reading.
func acceptAtOnce() *source.Guard {
	return source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1})
}

// april is the day on which the fourth quarter of 2025-26 opens to the public.
func april() time.Time { return calendar.Date(2026, time.April, 16) }

// optionsOn are the options of the council as seen at noon of a day.
func optionsOn(day time.Time) testcouncil.Options {
	options := testcouncil.DefaultOptions()
	options.Now = func() time.Time { return day.Add(12 * time.Hour) }
	return options
}

// council is the council's source and a session that may write, with data that reach beyond the end of the quarter.
func council(t *testing.T, statements ...string) (*source.Source, *sqlx.DB) {
	t.Helper()
	url := testcouncil.Database(t)
	db := testcouncil.Session(t, url)
	db.MustExec("insert into ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date) values ('april', 'P1', '2026-04-10')")
	for _, statement := range statements {
		db.MustExec(statement)
	}
	return testcouncil.Source(t, url, testcouncil.Settings{Guards: acceptAtOnce()}), db
}

// live asks for all that the exporter serves on a day.
func live(day time.Time) evaluate.Request {
	return evaluate.Request{
		Read: source.ReadOptions{AsOf: day}, Live: true, Published: true,
		Periods: evaluate.PeriodRequest{Served: true, Interval: time.Hour},
	}
}

// evaluated evaluates a source, which must succeed.
func evaluated(t *testing.T, evaluator *evaluate.Evaluator, request evaluate.Request) *evaluate.Snapshot {
	t.Helper()
	snapshot, err := evaluator.Evaluate(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}
