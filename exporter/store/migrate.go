package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
)

// The releases before the store had a format for each kind of document (format 1
// here): one JSON object by table or cohort, or lines as now. Their files are read
// where there is no newer one, and renamed once the newer one is written.

// oldPath is where an earlier release had the document, empty where it had the same
// place.
func (f *File) oldPath() string {
	var name string
	switch f.kind {
	case Guard:
		name = "guards-" + f.name
	case Targets:
		name = "targets-" + f.name
	case Published:
		name = "public-" + f.name
	case PublishedReport:
		name = "paper-" + f.name
	default:
		return ""
	}
	return filepath.Join(f.store.directory, name+".json")
}

// lines are header and records of a file of either format.
func (f *File) lines(path string, text []byte) ([][]byte, error) {
	if path == f.Path() {
		return bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")), nil
	}
	header := []byte(`{"format":1}`)
	if f.kind == Targets {
		if !json.Valid(text) {
			return nil, errDamaged
		}
		return [][]byte{header, text}, nil
	}
	key := "cohort"
	if f.kind == Guard {
		key = "table"
	}
	records, err := keyedRecords(text, key)
	return append([][]byte{header}, records...), err
}

// keyedRecords turns one object by name into records that have the name in them.
func keyedRecords(text []byte, key string) ([][]byte, error) {
	byName := map[string]map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &byName); err != nil {
		return nil, errDamaged
	}
	var records [][]byte
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		record := maps.Clone(byName[name])
		if record == nil {
			return nil, errDamaged
		}
		quoted, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		record[key] = quoted
		line, err := json.Marshal(record)
		if err != nil {
			return nil, err
		}
		records = append(records, line)
	}
	return records, nil
}
