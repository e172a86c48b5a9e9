package collect_test

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collect"
	"childrens-services-exporter/exporter/collect/collecttest"
	"childrens-services-exporter/exporter/warehouse"
)

// endsWithin fails where a collection is not over in time, long after it should be.
func endsWithin(t *testing.T, collector *collect.Collector, limit time.Duration) error {
	t.Helper()
	ended := collection(t, collector)
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-ended:
		return err
	case <-timer.C:
		t.Fatalf("the collection is still waiting after %v", limit)
		return nil
	}
}

// unreached wants a failed collection that left the last good values, and why.
func unreached(t *testing.T, collector *collect.Collector, err error, why string) {
	t.Helper()
	state := collector.State()
	if err == nil || state.Up || state.Problem != why {
		t.Errorf("error %v, up %t, problem %q; want %q", err, state.Up, state.Problem, why)
	}
	if diff := cmp.Diff(truth(), collecttest.Samples(state)); !state.Succeeded.IsZero() && diff != "" {
		t.Errorf("the last good values are gone:\n%s", diff)
	}
}

func TestFrozenServerEndsACollectionAndLaterWorksAgain(t *testing.T) {
	t.Parallel()
	between, url := through(t, collecttest.Database(t))
	waits := warehouse.Waits{Connect: time.Minute, Lock: 500 * time.Millisecond, Statement: time.Second}
	collector := collect.New(collecttest.Source(t, url, collecttest.Settings{Waits: waits}), collecttest.Options())
	collecttest.Settle(t, collector)
	between.silence(true)
	unreached(t, collector, endsWithin(t, collector, 30*time.Second), "the server did not answer in time")
	between.silence(false)
	collecttest.Settle(t, collector)
}

func TestLoginToAFrozenServerEndsWithinTheConnectWait(t *testing.T) {
	t.Parallel()
	between, url := through(t, collecttest.Database(t))
	between.silence(true)
	waits := warehouse.Waits{Connect: 300 * time.Millisecond, Lock: 500 * time.Millisecond, Statement: 10 * time.Minute}
	collector := collect.New(collecttest.Source(t, url, collecttest.Settings{Waits: waits}), collecttest.Options())
	unreached(t, collector, endsWithin(t, collector, 30*time.Second), "the server did not answer in time")
}

func TestServerThatIsDownAtTheStartIsReadOnceItIsUp(t *testing.T) {
	t.Parallel()
	between, url := through(t, collecttest.Database(t))
	collector := collect.New(collecttest.Source(t, url, collecttest.Settings{}), collecttest.Options())
	between.cut()
	unreached(t, collector, collector.Collect(t.Context(), false), "no connection; is the server running and reachable?")
	if collector.State().Attempted.IsZero() {
		t.Error("the exporter would never be ready")
	}
	between.again(t)
	collecttest.Settle(t, collector)
	if diff := cmp.Diff(truth(), collecttest.Samples(collector.State())); diff != "" {
		t.Error(diff)
	}
}

func TestServerRestartBetweenCollectionsGoesUnnoticed(t *testing.T) {
	t.Parallel()
	url := collecttest.Database(t)
	collector := collect.New(collecttest.Source(t, url, collecttest.Settings{}), collecttest.Options())
	collecttest.Settle(t, collector)
	collecttest.Session(t, url).MustExec(`select pg_terminate_backend(pid, 10000) from pg_stat_activity
		where datname = current_database() and application_name = 'childrens-services-exporter'`)
	if err := collector.Collect(t.Context(), false); err != nil {
		t.Error(err)
	}
}

func TestConnectionLostInTheMiddleFailsTheSourceAndNotOneCohort(t *testing.T) {
	t.Parallel()
	url := collecttest.Database(t)
	onlooker := collecttest.Session(t, url)
	onlooker.MustExec("create table gate (n integer)")
	source := collecttest.Source(t, url, collecttest.Settings{Layers: []fs.FS{gate()}})
	collector := collect.New(source, collecttest.Options())
	collecttest.Settle(t, collector)
	before := collecttest.Samples(collector.State())
	onlooker.MustExec("insert into gate values (1)")
	ended := collection(t, collector)
	await(t, onlooker, atTheGate)
	onlooker.MustExec("select pg_terminate_backend(pid) from (" + atTheGateBackend + ") as busy")
	if err := <-ended; err == nil {
		t.Error("the collection succeeded")
	}
	state := collector.State()
	if state.Up || state.Problem != "the connection was lost" {
		t.Errorf("up %t, problem %q", state.Up, state.Problem)
	}
	if diff := cmp.Diff(before, collecttest.Samples(state)); diff != "" {
		t.Errorf("the last good values are gone:\n%s", diff)
	}
}

const atTheGateBackend = "select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"

func TestSourceThatHangsDoesNotHoldUpAnother(t *testing.T) {
	t.Parallel()
	url := collecttest.Database(t)
	between, frozen := through(t, url)
	between.silence(true)
	waits := warehouse.Waits{Connect: time.Minute, Lock: 500 * time.Millisecond, Statement: time.Minute}
	hanging := collect.New(collecttest.Source(t, frozen, collecttest.Settings{Waits: waits}), collecttest.Options())
	once := collecttest.Settings{Guards: warehouse.NewGuards(warehouse.GuardRules{Settle: 1, Insist: 1, Floor: 0.5, FloorFrom: 50})}
	sound := collect.New(collecttest.Source(t, url, once), collecttest.Options())
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	defer func() { stop(); between.cut(); running.Wait() }()
	running.Go(func() { hanging.Run(ctx) })
	running.Go(func() { sound.Run(ctx) })
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for sound.State().Succeeded.IsZero() && hanging.State().Attempted.IsZero() {
		<-tick.C
	}
	if sound.State().Succeeded.IsZero() {
		t.Error("the sound source was read only after the hanging one had ended")
	}
}

func TestCollectionThatIsToldToStopPublishesNothing(t *testing.T) {
	t.Parallel()
	collector := collect.New(collecttest.Source(t, collecttest.Database(t), collecttest.Settings{}), collecttest.Options())
	before := collector.State()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := collector.Collect(ctx, false); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if collector.State() != before {
		t.Error("a new state was published")
	}
}
