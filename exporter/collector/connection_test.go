package collector_test

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/testcouncil"
	"childrens-services-exporter/internal/testproxy"
)

// endsWithin fails where a collection is not over in time, long after it should be.
func endsWithin(t *testing.T, current *collector.Collector, limit time.Duration) error {
	t.Helper()
	ended := collection(t, current)
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

// requireSourceDown fails unless the collection failed for the reason and left the last good values.
func requireSourceDown(t *testing.T, current *collector.Collector, err error, reason string) {
	t.Helper()
	state := current.Snapshot()
	if err == nil || state.Up || state.Problem != reason {
		t.Errorf("error %v, up %t, problem %q; want %q", err, state.Up, state.Problem, reason)
	}
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(state)); !state.Succeeded.IsZero() && diff != "" {
		t.Errorf("the last good values are gone:\n%s", diff)
	}
}

func TestFrozenServerEndsACollectionAndLaterWorksAgain(t *testing.T) {
	t.Parallel()
	between := &testproxy.Proxy{}
	url := between.Start(t, testcouncil.Database(t))
	waits := postgres.Timeouts{Connect: time.Minute, Lock: 500 * time.Millisecond, Statement: time.Second}
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{Waits: waits}))
	testcouncil.Settle(t, current)
	between.Silence(true)
	requireSourceDown(t, current, endsWithin(t, current, 30*time.Second), "the server did not answer in time")
	between.Silence(false)
	testcouncil.Settle(t, current)
}

func TestLoginToAFrozenServerEndsWithinTheConnectWait(t *testing.T) {
	t.Parallel()
	between := &testproxy.Proxy{}
	url := between.Start(t, testcouncil.Database(t))
	between.Silence(true)
	waits := postgres.Timeouts{Connect: 300 * time.Millisecond, Lock: 500 * time.Millisecond, Statement: 10 * time.Minute}
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{Waits: waits}))
	requireSourceDown(t, current, endsWithin(t, current, 30*time.Second), "the server did not answer in time")
}

func TestServerThatIsDownAtTheStartIsReadOnceItIsUp(t *testing.T) {
	t.Parallel()
	between := &testproxy.Proxy{}
	url := between.Start(t, testcouncil.Database(t))
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{}))
	between.Cut()
	requireSourceDown(t, current, current.Collect(t.Context(), collector.Request{}), "no connection; is the server running and reachable?")
	if current.Snapshot().Attempted.IsZero() {
		t.Error("the exporter would never be ready")
	}
	between.Resume(t)
	testcouncil.Settle(t, current)
	if diff := cmp.Diff(expectedSamples(), testcouncil.Samples(current.Snapshot())); diff != "" {
		t.Error(diff)
	}
}

func TestServerRestartBetweenCollectionsGoesUnnoticed(t *testing.T) {
	t.Parallel()
	url := testcouncil.Database(t)
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, testcouncil.Settings{}))
	testcouncil.Settle(t, current)
	testcouncil.Session(t, url).MustExec(`select pg_terminate_backend(pid, 10000) from pg_stat_activity
		where datname = current_database() and application_name = 'childrens-services-exporter'`)
	if err := current.Collect(t.Context(), collector.Request{}); err != nil {
		t.Error(err)
	}
}

func TestConnectionLostInTheMiddleFailsTheSourceAndNotOneCohort(t *testing.T) {
	t.Parallel()
	url := testcouncil.Database(t)
	observer := testcouncil.Session(t, url)
	observer.MustExec("create table gate (n integer)")
	source := testcouncil.Source(t, url, testcouncil.Settings{Layers: []fs.FS{gate()}})
	current := testcouncil.DefaultOptions().Collector(source)
	testcouncil.Settle(t, current)
	before := testcouncil.Samples(current.Snapshot())
	observer.MustExec("insert into gate values (1)")
	ended := collection(t, current)
	await(t, observer, atTheGate)
	observer.MustExec("select pg_terminate_backend(pid) from (" + atTheGateBackend + ") as busy")
	if err := <-ended; err == nil {
		t.Error("the collection succeeded")
	}
	state := current.Snapshot()
	if state.Up || state.Problem != "the connection was lost" {
		t.Errorf("up %t, problem %q", state.Up, state.Problem)
	}
	if diff := cmp.Diff(before, testcouncil.Samples(state)); diff != "" {
		t.Errorf("the last good values are gone:\n%s", diff)
	}
}

const atTheGateBackend = "select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"

func TestSourceThatHangsDoesNotHoldUpAnother(t *testing.T) {
	t.Parallel()
	url := testcouncil.Database(t)
	between := &testproxy.Proxy{}
	frozen := between.Start(t, url)
	between.Silence(true)
	waits := postgres.Timeouts{Connect: time.Minute, Lock: 500 * time.Millisecond, Statement: time.Minute}
	hanging := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, frozen, testcouncil.Settings{Waits: waits}))
	once := testcouncil.Settings{Guards: source.NewGuard(guard.Policy{MinStableReads: 1, MinPersistentReads: 1})}
	sound := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, url, once))
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	defer func() { stop(); between.Cut(); running.Wait() }()
	running.Go(func() { hanging.Run(ctx) })
	running.Go(func() { sound.Run(ctx) })
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for sound.Snapshot().Succeeded.IsZero() && hanging.Snapshot().Attempted.IsZero() {
		<-tick.C
	}
	if sound.Snapshot().Succeeded.IsZero() {
		t.Error("the sound source was read only after the hanging one had ended")
	}
}

func TestStoppedCollectionPublishesNothing(t *testing.T) {
	t.Parallel()
	current := testcouncil.DefaultOptions().Collector(testcouncil.Source(t, testcouncil.Database(t), testcouncil.Settings{}))
	before := current.Snapshot()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := current.Collect(ctx, collector.Request{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if current.Snapshot() != before {
		t.Error("a new state was published")
	}
}
