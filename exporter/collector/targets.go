package collector

import (
	"sync"

	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/rag"
)

// Targets holds the targets in force for all sources: those of the settings and each
// source's last accepted table. A council may have the targets of one source in a table
// of another, so an accepted table changes the snapshots of all collectors.
type Targets struct {
	lock       sync.Mutex
	targets    rag.Targets
	collectors []*Collector
}

// NewTargets begins with the targets of the settings.
func NewTargets(settings rag.Targets) *Targets { return &Targets{targets: settings} }

func (t *Targets) current() rag.Targets {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.targets
}

// join adds a collector, with the table of targets that outlived a restart.
func (t *Targets) join(c *Collector) {
	t.lock.Lock()
	t.collectors = append(t.collectors, c)
	t.lock.Unlock()
	t.publish(c, c.Snapshot())
}

// publish puts a snapshot's own table of targets in force and serves the snapshot, and
// those of the other collectors, rated by it.
func (t *Targets) publish(c *Collector, next *evaluate.Snapshot) *evaluate.Snapshot {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.targets = t.targets.WithTable(next.Source, next.TargetTable)
	next = next.WithTargets(t.targets)
	c.snapshot.Store(next)
	for _, other := range t.collectors {
		if other != c {
			other.snapshot.Store(other.Snapshot().WithTargets(t.targets))
		}
	}
	return next
}
