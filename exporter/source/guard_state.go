package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/store"
)

// NewGuardWithFile remember across restarts, in a file that a second process may write
// too: collect -accept tells the running exporter through it.
func NewGuardWithFile(rules GuardPolicy, file string) *Guard {
	g := NewGuard(rules)
	g.file = file
	return g
}

// load reads the file if another process wrote it since.
func (g *Guard) load() error {
	if g.file == "" {
		return nil
	}
	about, err := os.Stat(g.file)
	if errors.Is(err, fs.ErrNotExist) {
		g.savedText = nil
		return nil
	}
	if err == nil && g.savedFile != nil && os.SameFile(about, g.savedFile) && about.ModTime().Equal(g.savedFile.ModTime()) {
		return nil
	}
	text, unreadable := os.ReadFile(g.file)
	if err != nil || unreadable != nil {
		return fmt.Errorf("%s cannot be read; check CSE_STATE_DIR and its rights", g.file)
	}
	saved := map[string]tableState{}
	if err := json.Unmarshal(text, &saved); err != nil {
		return fmt.Errorf("%s is damaged or of a later release; remove it, and the guards keep a new one", g.file)
	}
	for name, state := range saved {
		now := g.tables[name]
		if now.Accepted != state.Accepted || now.Rows != state.Rows || now.Filenode != state.Filenode {
			now.pending = false
		}
		now.Accepted, now.Rows, now.Filenode = state.Accepted, state.Rows, state.Filenode
		g.tables[name] = now
	}
	g.savedText, g.savedFile = text, about
	return nil
}

// save writes the accepted tables, replacing the file at once.
func (g *Guard) save() error {
	if g.file == "" {
		return nil
	}
	saved := map[string]tableState{}
	for name, state := range g.tables {
		if state.Accepted {
			saved[name] = state
		}
	}
	text, err := json.MarshalIndent(saved, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", g.file, err)
	}
	if bytes.Equal(text, g.savedText) {
		// The less is written, the less can a second process's word be lost.
		return nil
	}
	written, err := store.Write(g.file, text)
	if err != nil {
		return fmt.Errorf("%s cannot be written; check CSE_STATE_DIR and its rights", g.file)
	}
	g.savedText, g.savedFile = text, written
	return nil
}

// stateFile is where a source's guards are kept below a state directory.
func stateFile(directory, source string) string {
	return filepath.Join(directory, "guards-"+source+".json")
}

// OpenGuard makes guards that are kept in a state directory, or only in memory
// where there is none.
func OpenGuard(directory, source string, rules GuardPolicy) *Guard {
	if directory == "" {
		return NewGuard(rules)
	}
	return NewGuardWithFile(rules, stateFile(directory, source))
}
