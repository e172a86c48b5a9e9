package revision

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/store"
)

// Record is the values of a source as they were first reported. It is append-only:
// neither a later value, nor another process, nor a wrong clock replaces an entry.
type Record struct {
	mutex   sync.Mutex
	store   *store.Store
	file    *store.File
	since   time.Time
	entries map[key]FirstReported
	order   []key
	issues  []config.Issue
}

type key struct{ indicator, window, period string }

func (f FirstReported) key() key { return key{f.Indicator, f.Window, f.Period} }

// Open opens the record of a source in a store.
func Open(state *store.Store, source string, now time.Time) *Record {
	r := &Record{
		store: state, file: state.File(store.FirstReported, source),
		entries: map[key]FirstReported{}, since: now.UTC().Truncate(time.Second),
	}
	r.load(now)
	return r
}

// Since is the moment from which values are recorded.
func (r *Record) Since() time.Time {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.since
}

// Issues lists what could not be read of the file.
func (r *Record) Issues() []config.Issue {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.issues)
}

// Find returns the value of an indicator as first reported under this version of its
// definition.
func (r *Record) Find(indicator string, version int, window, period string) (FirstReported, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	value, exists := r.entries[key{indicator, window, period}]
	return value, exists && value.Version == version
}

// Revisions pairs each closed period with its first reported value, where there is one.
func (r *Record) Revisions(observations []definition.PeriodObservation) []Revision {
	var revisions []Revision
	for _, observation := range observations {
		indicator := observation.Observation.Indicator
		first, exists := r.Find(indicator.Name, indicator.Version, string(observation.Period.Kind), observation.Period.Label)
		if exists && observation.Offset > 0 {
			revisions = append(revisions, Revision{PeriodObservation: observation, FirstReported: first})
		}
	}
	return revisions
}

// Add records the values that have no entry yet, and writes the file if there are any.
// After an error the values are in memory; the error is one line with what to do.
func (r *Record) Add(values []FirstReported, now time.Time) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	unlock, err := r.store.Lock()
	if err != nil {
		r.merge(values)
		return fmt.Errorf("%w; first reported values are not written until then", err)
	}
	defer unlock()
	// Another exporter, or a report, may have been first.
	r.load(now)
	if added := r.merge(values); added == 0 && r.file.Exists() {
		return nil
	}
	records := make([]any, len(r.order))
	for i, key := range r.order {
		records[i] = r.entries[key]
	}
	if err := r.file.Save(store.Header{Since: r.since}, records); err != nil {
		return fmt.Errorf("%w; first reported values may be lost with a restart", err)
	}
	return nil
}

func (r *Record) merge(values []FirstReported) (added int) {
	for _, value := range values {
		if _, exists := r.entries[value.key()]; !exists {
			r.entries[value.key()] = value
			r.order = append(r.order, value.key())
			added++
		}
	}
	return added
}

// load reads the file again if it has changed.
func (r *Record) load(now time.Time) {
	content := r.file.Load(func(format int, record json.RawMessage) error {
		value, err := decode(format, record)
		if err == nil {
			r.merge([]FirstReported{value})
		}
		return err
	})
	for _, issue := range content.Issues {
		if entry := (config.Issue{Input: "state", Message: issue.String()}); !slices.Contains(r.issues, entry) {
			r.issues = append(r.issues, entry)
		}
	}
	// A clock that was set back must not make a period due before anything was recorded.
	if since := content.Header.Since; !since.IsZero() && since.Before(r.since) {
		r.since = since
	}
	if r.since.After(now) {
		r.since = now.UTC().Truncate(time.Second)
	}
}

// decode reads an entry. Format 1 had the window under another name.
func decode(format int, record json.RawMessage) (FirstReported, error) {
	var entry struct {
		FirstReported
		Kind string `json:"kind"`
	}
	err := json.Unmarshal(record, &entry)
	if format == 1 {
		entry.Window = entry.Kind
	}
	if err == nil && (entry.Indicator == "" || entry.Period == "" || entry.Window == "" || entry.At.IsZero()) {
		err = errors.New("a field is missing")
	}
	return entry.FirstReported, err
}
