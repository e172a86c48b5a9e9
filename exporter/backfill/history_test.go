package backfill_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/backfill"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
)

func TestChunksChangeNothing(t *testing.T) {
	source := newSource(t, definitions())
	var texts []string
	for _, days := range []int{0, 1, 7, 1000} {
		batched := options(spring())
		batched.BatchDays = days
		past := backfill.New(batched)
		if err := past.Add(context.Background(), source); err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if err := past.Write(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text.String())
	}
	for _, text := range texts[1:] {
		if diff := cmp.Diff(texts[0], text); diff != "" {
			t.Errorf("another history in other chunks:\n%s", diff)
		}
	}
}

func TestABadCohortIsLeftOutAndNamed(t *testing.T) {
	files := definitions()
	files["plans/broken.yaml"] = &fstest.MapFile{Data: []byte(strings.NewReplacer("childrens_plans_started", "childrens_broken").Replace(startedYAML))}
	files["plans/broken.sql"] = &fstest.MapFile{Data: []byte("select kind, ends, (1 / 0)::text as plan from period")}
	past := backfill.New(options(spring()))
	err := past.Add(context.Background(), newSource(t, files))
	if _, ok := errors.AsType[*backfill.PartialError](err); !ok {
		t.Fatalf("got %v", err)
	}
	if want := "left out of history: plans/broken (PostgreSQL error 22012 (division_by_zero))"; err.Error() != want {
		t.Errorf("got %s, want %s", err, want)
	}
	var text strings.Builder
	if err := past.Write(&text); err != nil {
		t.Fatal(err)
	}
	if text.String() != written(t) {
		t.Error("the other cohorts' history suffered")
	}
}

func TestARepeatedGrainIsLeftOut(t *testing.T) {
	files := definitions()
	files["plans/started.sql"] = &fstest.MapFile{Data: []byte("select kind, ends, 'a' as plan from period cross join generate_series(1, 2)")}
	err := backfill.New(options(spring())).Add(context.Background(), newSource(t, files))
	if err == nil || !strings.Contains(err.Error(), "left out of history: plans/started (") {
		t.Errorf("got %v", err)
	}
}

func TestAMissingTableIsLeftOutWithAWarning(t *testing.T) {
	files := definitions()
	files["plans/started.sql"] = &fstest.MapFile{Data: []byte("select kind, ends, plan_id as plan from period join cp_plan on cp_plan.starts between period.starts and period.ends")}
	var log bytes.Buffer
	opts := options(spring())
	opts.Log = slog.New(slog.NewTextHandler(&log, nil))
	past := backfill.New(opts)
	if err := past.Add(context.Background(), newSource(t, files)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), `msg="left out of history" cohort=plans/started reason=missing err="table ssd_cp_plans is missing"`) {
		t.Errorf("log:\n%s", log.String())
	}
	var text strings.Builder
	if err := past.Write(&text); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text.String(), "childrens_plans_started") || !strings.Contains(text.String(), "childrens_plans_long_ratio") {
		t.Error("more or less than the one cohort is left out")
	}
}

func TestBatchesDoNotCountAsEachOthersStableRead(t *testing.T) {
	files := definitions()
	files["plans/started.sql"] = &fstest.MapFile{Data: []byte("select kind, ends, person_id as plan from period join person on person.born between period.starts and period.ends")}
	opts := options(spring())
	// The first reading finds every table new, and the second lies an hour off.
	opts.Read = source.ReadOptions{AsOf: opts.Read.AsOf, Mode: guard.EnforceWithoutProgress, MaxRetries: 3, RetryInterval: time.Hour}
	var log bytes.Buffer
	opts.Log = slog.New(slog.NewTextHandler(&log, nil))
	source := newSource(t, files)
	ctx, stop := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer stop()
	if err := backfill.New(opts).Add(ctx, source); !errors.Is(err, context.DeadlineExceeded) || log.Len() > 0 {
		t.Errorf("did not wait for the tables to settle: %v\n%s", err, log.String())
	}
}

func TestAStoppedBackfillEnds(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := backfill.New(options(spring())).Add(ctx, newSource(t, definitions())); err == nil {
		t.Error("went on after it was stopped")
	}
}

// slowLog takes its time over the second batch.
type slowLog struct {
	slog.Handler
	batches atomic.Int32
}

func (l *slowLog) Handle(context.Context, slog.Record) error {
	if l.batches.Add(1) == 2 {
		time.Sleep(6 * time.Second)
	}
	return nil
}

// The server ends a transaction that is idle for five seconds.
func TestNoTransactionWaitsForTheValuesOfAnotherBatch(t *testing.T) {
	chosen := options(spring())
	chosen.Log = slog.New(&slowLog{Handler: slog.NewTextHandler(io.Discard, nil)})
	if err := backfill.New(chosen).Add(t.Context(), newSource(t, definitions())); err != nil {
		t.Error(err)
	}
}
