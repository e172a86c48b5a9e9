// Package staging writes clean relations over a council's tables: the only place
// that knows what a source table or column is called. It finds out which tables
// and columns exist and may be read, maps them to relations in SQL, and counts
// what is wrong with their rows.
package staging

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/config"
)

//go:embed relations codes
var files embed.FS

// Embedded gives the relations, a folder for each source, and the code sets that
// ship with the exporter.
func Embedded() fs.FS { return files }

// Staging is the layer of clean relations of one source.
type Staging struct {
	Source    string
	files     fs.FS
	relations map[string]*relation
	codes     map[string]codeSet
	teams     map[string]string
	utc       bool
}

// New reads the relations of a source that ship with the exporter; see Load.
func New(source string, settings config.Settings) (*Staging, error) {
	return Load(Embedded(), source, settings)
}

// Load reads the relations of a source from files, with the council's own codes and
// the SELECTs that replace relations.
func Load(files fs.FS, source string, settings config.Settings) (*Staging, error) {
	s := &Staging{
		Source: source, files: files, relations: map[string]*relation{}, codes: map[string]codeSet{},
		teams: settings.Teams, utc: settings.Sources[source].Timestamps == "utc",
	}
	if err := s.readCodes(); err != nil {
		return nil, err
	}
	if err := s.addCodes(settings.Codes); err != nil {
		return nil, err
	}
	err := fs.WalkDir(s.files, path.Join("relations", source), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return s.readFile(file)
	})
	if err != nil {
		return nil, err
	}
	if err := s.validateLookups(); err != nil {
		return nil, err
	}
	return s, s.addOverrides(settings.Sources[source].Staging)
}

func (s *Staging) readFile(file string) error {
	if path.Ext(file) == ".sql" {
		text, err := fs.ReadFile(s.files, file)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(path.Base(file), ".sql")
		s.relations[name] = &relation{name: name, sql: strings.TrimSpace(string(text))}
		return nil
	}
	mapped := map[string]*relation{}
	if err := s.decode(file, &mapped); err != nil {
		return err
	}
	for name, r := range mapped {
		r.name = name
		if err := s.validate(r); err != nil {
			return fmt.Errorf("%s: relation %s: %w", file, name, err)
		}
		s.relations[name] = r
	}
	return nil
}

func (s *Staging) decode(file string, into any) error {
	text, err := fs.ReadFile(s.files, file)
	if err != nil {
		return err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// addOverrides puts the council's own SELECTs in place of relations.
func (s *Staging) addOverrides(files map[string]string) error {
	for name, file := range files {
		replaced, known := s.relations[name]
		if !known {
			return fmt.Errorf("settings: sources: %s: staging: no relation %q; there are %s",
				s.Source, name, strings.Join(slices.Sorted(maps.Keys(s.relations)), ", "))
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("settings: sources: %s: staging: %s: %s cannot be read", s.Source, name, file)
		}
		override := *replaced
		override.sql, override.override = strings.TrimRight(strings.TrimSpace(string(text)), ";"), true
		s.relations[name] = &override
	}
	return nil
}
