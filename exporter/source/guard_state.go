package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/store"
)

// Guard applies a policy to the tables of a source and holds its state between
// reads. With a file the state outlives a restart and is shared with other
// processes: the running exporter reads there what collect -accept has accepted.
type Guard struct {
	policy guard.Policy
	mutex  sync.Mutex
	state  guard.State
	file   string
	// savedFile and savedText describe the file as it was last read or written.
	savedFile fs.FileInfo
	savedText []byte
}

// NewGuard begins without a state and holds it in memory.
func NewGuard(policy guard.Policy) *Guard { return &Guard{policy: policy} }

// OpenGuard holds the state in a file of the source in a state directory, or in
// memory where there is no directory.
func OpenGuard(directory, source string, policy guard.Policy) *Guard {
	g := NewGuard(policy)
	if directory != "" {
		g.file = filepath.Join(directory, "guards-"+source+".json")
	}
	return g
}

// check compares the tables with the state and stores the next one. The error says
// that the file could not be read or written; the verdict is right all the same.
func (g *Guard) check(tables []guard.TableStats, mode guard.Mode) (guard.Verdict, error) {
	if mode == guard.AcceptOnce {
		verdict, _ := g.policy.Check(nil, tables, mode)
		return verdict, nil
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	loadErr := g.load()
	var verdict guard.Verdict
	verdict, g.state = g.policy.Check(g.state, tables, mode)
	if loadErr != nil {
		// Another process may still need the file as it is.
		return verdict, loadErr
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

// load reads the file if another process has written it since.
func (g *Guard) load() error {
	if g.file == "" {
		return nil
	}
	info, err := os.Stat(g.file)
	if errors.Is(err, fs.ErrNotExist) {
		g.savedText = nil
		return nil
	}
	if err == nil && g.savedFile != nil && os.SameFile(info, g.savedFile) && info.ModTime().Equal(g.savedFile.ModTime()) {
		return nil
	}
	text, readErr := os.ReadFile(g.file)
	if err != nil || readErr != nil {
		return fmt.Errorf("%s cannot be read; check CSE_STATE_DIR and its rights", g.file)
	}
	var stored guard.State
	if err := json.Unmarshal(text, &stored); err != nil {
		return fmt.Errorf("%s is damaged or of a later release; remove it, and the guard writes a new one", g.file)
	}
	g.state = g.state.Merge(stored)
	g.savedText, g.savedFile = text, info
	return nil
}

// save writes the accepted tables, replacing the file in one step.
func (g *Guard) save() error {
	if g.file == "" {
		return nil
	}
	text, err := json.MarshalIndent(g.state.Accepted(), "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", g.file, err)
	}
	if bytes.Equal(text, g.savedText) {
		// The less is written, the less often two processes overwrite each other.
		return nil
	}
	written, err := store.Write(g.file, text)
	if err != nil {
		return fmt.Errorf("%s cannot be written; check CSE_STATE_DIR and its rights", g.file)
	}
	g.savedText, g.savedFile = text, written
	return nil
}
