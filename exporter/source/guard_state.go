package source

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/store"
)

// Guard applies a policy to the tables of a source and holds its state between
// reads. In a state directory the state outlives a restart and is shared with other
// processes: the running exporter reads there what collect -accept has accepted.
type Guard struct {
	policy guard.Policy
	mutex  sync.Mutex
	state  guard.State
	store  *store.Store
	file   *store.File
}

// storedTable is a table as it was last accepted.
type storedTable struct {
	Table string `json:"table"`
	guard.TableState
}

// NewGuard begins without a state and holds it in memory.
func NewGuard(policy guard.Policy) *Guard { return OpenGuard(store.Open(""), "", policy) }

// OpenGuard holds the state of a source in a store.
func OpenGuard(state *store.Store, source string, policy guard.Policy) *Guard {
	return &Guard{policy: policy, store: state, file: state.File(store.Guard, source)}
}

// check compares a reading with the state and stores the next one. The error says
// that the file could not be read or written; the verdict is right all the same.
func (g *Guard) check(reading guard.Reading, mode guard.Mode) (guard.Verdict, error) {
	if mode == guard.AcceptOnce {
		verdict, _ := g.policy.Check(nil, reading, mode)
		return verdict, nil
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	// No other process writes between the load and the save.
	unlock, lockErr := g.store.Lock()
	if lockErr == nil {
		defer unlock()
	}
	loadErr := g.load()
	var verdict guard.Verdict
	verdict, g.state = g.policy.Check(g.state, reading, mode)
	if err := errors.Join(lockErr, loadErr); err != nil {
		// Another process may still need the file as it is.
		return verdict, err
	}
	return verdict, g.save()
}

// hadRows reports whether a relation had rows when it was last accepted.
func (g *Guard) hadRows(relation string) bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	// The check that follows meets the same error and reports it.
	_ = g.load()
	return g.state[relation].Rows > 0
}

// load reads the file if another process has written it since. A file of which a part
// cannot be read is left alone, and what was accepted before stays.
func (g *Guard) load() error {
	stored := guard.State{}
	content := g.file.Load(func(_ int, record json.RawMessage) error {
		var table storedTable
		if err := json.Unmarshal(record, &table); err != nil {
			return err
		}
		if table.Table == "" {
			return errors.New("the table has no name")
		}
		stored[table.Table] = table.TableState
		return nil
	})
	if len(content.Issues) > 0 {
		g.file.Forget()
		if g.file.ReadOnly() {
			return errors.New(content.Issues[0].String())
		}
		return fmt.Errorf("%s; remove it, and the guard writes a new one", content.Issues[0])
	}
	if content.Changed {
		g.state = g.state.Merge(stored)
	}
	return nil
}

// save writes the accepted tables.
func (g *Guard) save() error {
	accepted := g.state.Accepted()
	records := make([]any, 0, len(accepted))
	for _, name := range slices.Sorted(maps.Keys(accepted)) {
		records = append(records, storedTable{name, accepted[name]})
	}
	return g.file.Save(store.Header{}, records)
}
