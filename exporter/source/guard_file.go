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

// recall reads the file if another process wrote it since.
func (g *Guard) recall() error {
	if g.file == "" {
		return nil
	}
	about, err := os.Stat(g.file)
	if errors.Is(err, fs.ErrNotExist) {
		g.kept = nil
		return nil
	}
	if err == nil && g.read != nil && os.SameFile(about, g.read) && about.ModTime().Equal(g.read.ModTime()) {
		return nil
	}
	text, unreadable := os.ReadFile(g.file)
	if err != nil || unreadable != nil {
		return fmt.Errorf("%s cannot be read; check CSE_STATE_DIR and its rights", g.file)
	}
	kept := map[string]tableMemory{}
	if err := json.Unmarshal(text, &kept); err != nil {
		return fmt.Errorf("%s is damaged or of a later release; remove it, and the guards keep a new one", g.file)
	}
	for name, memory := range kept {
		now := g.seen[name]
		if now.Accepted != memory.Accepted || now.Rows != memory.Rows || now.Filenode != memory.Filenode {
			now.doubted = false
		}
		now.Accepted, now.Rows, now.Filenode = memory.Accepted, memory.Rows, memory.Filenode
		g.seen[name] = now
	}
	g.kept, g.read = text, about
	return nil
}

// keep writes the accepted tables, replacing the file at once.
func (g *Guard) keep() error {
	if g.file == "" {
		return nil
	}
	kept := map[string]tableMemory{}
	for name, memory := range g.seen {
		if memory.Accepted {
			kept[name] = memory
		}
	}
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", g.file, err)
	}
	if bytes.Equal(text, g.kept) {
		// The less is written, the less can a second process's word be lost.
		return nil
	}
	written, err := store.Write(g.file, text)
	if err != nil {
		return fmt.Errorf("%s cannot be written; check CSE_STATE_DIR and its rights", g.file)
	}
	g.kept, g.read = text, written
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
