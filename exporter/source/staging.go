// Package source reads a council's databases: it finds out which tables and
// columns exist and may be read, writes clean staging relations over them, and
// evaluates cohorts inside one guarded, read-only transaction.
package source

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/config"
)

//go:embed staging
var stagingFiles embed.FS

// Files gives the relations and code sets that ship with the exporter, a folder for each source.
func Files() fs.FS {
	sub, err := fs.Sub(stagingFiles, "staging")
	if err != nil {
		// fs.Sub fails on an invalid path only, and the path is a constant.
		panic(err)
	}
	return sub
}

func openDB(connector driver.Connector) *sql.DB { return sql.OpenDB(connector) }

// Staging is the layer of clean relations of one source: the only place that
// knows what a council's tables and columns are called.
type Staging struct {
	Source    string
	files     fs.FS
	relations map[string]*relation
	codes     map[string]codeSet
	teams     map[string]string
	utc       bool
}

// relation is one staging relation: mapped from a table, derived in SQL from
// other relations, or the council's own SELECT.
type relation struct {
	name    string
	Row     string            `yaml:"row"`
	Table   string            `yaml:"table"`
	Columns map[string]column `yaml:"columns"`
	// OneOf lists groups of optional columns of which at least one must exist: a
	// visit names its child or its plan.
	OneOf [][]string `yaml:"one_of"`
	// Unique is the id by which others find a row here. What was loaded twice is
	// one row, or whatever joins it would count somebody twice.
	Unique string `yaml:"unique"`
	// Guard is what an empty table means; see guard.go.
	MayBeEmpty bool `yaml:"may_be_empty"`
	// Optional is a table that a council may lack altogether: it then has no rows.
	Optional bool `yaml:"optional"`
	// Inline is for a table of millions of rows: a cohort reads it once, with its
	// own conditions, rather than keep a clean copy of all of it.
	Inline   bool `yaml:"inline"`
	sql      string
	override bool
}

type column struct {
	// From lists the names that the column has had, newest first.
	From  []string `yaml:"from"`
	As    string   `yaml:"as"`
	Codes string   `yaml:"codes"`
	// Keys are the flags of a JSON text of which one must say yes; see outcome.
	Keys     []string `yaml:"keys"`
	Optional bool     `yaml:"optional"`
	// RefersTo is the relation whose rows this id should find.
	RefersTo string `yaml:"refers_to"`
	// Hashed is true of an id that a sheet may hide as its MD5 or SHA-256 hash.
	Hashed bool `yaml:"hashed"`
	// Event marks the date on which the row's event happened: it should not lie
	// in the future, and the newest one tells how fresh the source is.
	Event bool `yaml:"event"`
	// NotBefore is the date of the same row that this one should not precede.
	NotBefore string `yaml:"not_before"`
	// Via finds the column in another relation, in builds that do not have it here.
	Via *detour `yaml:"via"`
	// words are those that the council's own table adds; see code_map.go.
	words codeSet
}

// codeSet maps each code to the words that sources use for it; see coded.
type codeSet map[string][]string

// NewStaging reads the relations of a source, the council's own code words and
// the SELECTs with which it replaces relations.
func NewStaging(source string, settings config.Settings) (*Staging, error) {
	return ReadStaging(Files(), source, settings)
}

// ReadStaging reads the relations of a source from files other than those that ship with the exporter.
func ReadStaging(files fs.FS, source string, settings config.Settings) (*Staging, error) {
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
	err := fs.WalkDir(s.files, source, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return s.read(file)
	})
	if err != nil {
		return nil, err
	}
	if err := s.checkDetours(); err != nil {
		return nil, err
	}
	return s, s.addOverrides(settings.Sources[source].Staging)
}

func (s *Staging) read(file string) error {
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
	for name, one := range mapped {
		one.name = name
		if err := s.check(one); err != nil {
			return fmt.Errorf("%s: relation %s: %w", file, name, err)
		}
		s.relations[name] = one
	}
	return nil
}

func (s *Staging) readCodes() error {
	files, err := fs.Glob(s.files, "codes/*.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		sets := map[string]codeSet{}
		if err := s.decode(file, &sets); err != nil {
			return err
		}
		for name, set := range sets {
			if s.codes[name] != nil {
				return fmt.Errorf("%s: code set %s stands in another file too", file, name)
			}
			s.codes[name] = set
		}
	}
	return nil
}

func (s *Staging) check(r *relation) error {
	kinds := []string{"id", "text", "team", "date", "month", "moment", "flag", "number", "code", "codes", "outcome"}
	for name, one := range r.Columns {
		switch {
		case len(one.From) == 0:
			return fmt.Errorf("column %s has no source column", name)
		case !slices.Contains(kinds, one.As):
			return fmt.Errorf("column %s: as must be one of %s", name, strings.Join(kinds, ", "))
		case (one.As == "outcome") != (len(one.Keys) > 0), strings.Trim(strings.Join(one.Keys, ""), flagLetters) != "":
			return fmt.Errorf("column %s: an outcome, and nothing else, has keys, in capitals", name)
		case strings.HasPrefix(one.As, "code") && s.codes[one.Codes] == nil:
			return fmt.Errorf("column %s: no code set %q", name, one.Codes)
		case one.NotBefore != "" && r.Columns[one.NotBefore].As != "date":
			return fmt.Errorf("column %s: not_before names no date: %q", name, one.NotBefore)
		}
	}
	for _, name := range slices.Concat(r.OneOf...) {
		if !r.Columns[name].Optional {
			return fmt.Errorf("one_of: %s is not an optional column", name)
		}
	}
	if r.Table == "" {
		return fmt.Errorf("no table")
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

// addCodes lets a council say which of its words mean which code.
func (s *Staging) addCodes(own map[string]map[string][]string) error {
	for set, codes := range own {
		known, ok := s.codes[set]
		if !ok {
			return fmt.Errorf("settings: codes: no code set %q; there are %s", set, strings.Join(sortedKeys(s.codes), ", "))
		}
		owner := map[string]string{}
		for _, code := range sortedKeys(codes) {
			for _, word := range codes[code] {
				if other := owner[strings.ToLower(word)]; other != "" {
					return fmt.Errorf("settings: codes: %s: %q stands for both %s and %s; keep one", set, word, other, code)
				}
				owner[strings.ToLower(word)] = code
				known.forget(word)
			}
			known[code] = append(known[code], codes[code]...)
		}
	}
	return nil
}

// forget drops a word from every code, so that a council can give it another
// meaning than the one it has elsewhere.
func (c codeSet) forget(word string) {
	for code, words := range c {
		c[code] = slices.DeleteFunc(words, func(known string) bool { return strings.EqualFold(known, word) })
	}
}

func (s *Staging) addOverrides(files map[string]string) error {
	for name, file := range files {
		replaced, known := s.relations[name]
		if !known {
			return fmt.Errorf("settings: sources: %s: staging: no relation %q; there are %s",
				s.Source, name, strings.Join(sortedKeys(s.relations), ", "))
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("settings: sources: %s: staging: %s: %s cannot be read", s.Source, name, file)
		}
		own := *replaced
		own.sql, own.override = strings.TrimRight(strings.TrimSpace(string(text)), ";"), true
		s.relations[name] = &own
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
