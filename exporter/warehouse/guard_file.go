package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// KeptGuards remember across restarts, in a file that a second process may write
// too: collect -accept tells the running exporter through it.
func KeptGuards(rules GuardRules, file string) *Guards {
	g := NewGuards(rules)
	g.file = file
	return g
}

// recall reads the file if another process wrote it since.
func (g *Guards) recall() error {
	if g.file == "" {
		return nil
	}
	about, err := os.Stat(g.file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && about.ModTime().Equal(g.read) {
		return nil
	}
	text, err := os.ReadFile(g.file)
	if err != nil {
		return fmt.Errorf("%s cannot be read; check CSE_STATE_DIR", g.file)
	}
	kept := map[string]tableMemory{}
	if err := json.Unmarshal(text, &kept); err != nil {
		return fmt.Errorf("%s is damaged; remove it, and the guards start anew", g.file)
	}
	for name, memory := range kept {
		now := g.seen[name]
		now.Accepted, now.Rows, now.Filenode = memory.Accepted, memory.Rows, memory.Filenode
		g.seen[name] = now
	}
	if about != nil {
		g.read = about.ModTime()
	}
	return nil
}

// keep writes the accepted tables, replacing the file at once.
func (g *Guards) keep() error {
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
	if err := replaceFile(g.file, text); err != nil {
		return fmt.Errorf("%s cannot be written; check CSE_STATE_DIR and its rights", g.file)
	}
	if about, err := os.Stat(g.file); err == nil {
		g.read = about.ModTime()
	}
	return nil
}

// replaceFile leaves either the old text or the new one, whenever it is cut off.
func replaceFile(file string, text []byte) error {
	fresh, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(fresh.Name()) }()
	_, err = fresh.Write(text)
	err = errors.Join(err, fresh.Sync(), fresh.Close())
	if err != nil {
		return err
	}
	return os.Rename(fresh.Name(), file)
}

// stateFile is where a source's guards are kept below a state directory.
func stateFile(directory, source string) string {
	return filepath.Join(directory, "guards-"+source+".json")
}

// GuardsIn makes guards that are kept in a state directory, or only in memory
// where there is none.
func GuardsIn(directory, source string, rules GuardRules) *Guards {
	if directory == "" {
		return NewGuards(rules)
	}
	return KeptGuards(rules, stateFile(directory, source))
}
