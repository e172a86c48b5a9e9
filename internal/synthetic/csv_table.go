package synthetic

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
)

// table is the description of a CSV file: its folder, name and columns.
type table struct {
	source  string // social_care or education
	name    string
	columns []string
}

// csvTable is a table with its open file.
type csvTable struct {
	table
	file   *os.File
	buffer *bufio.Writer
	csv    *csv.Writer
	rows   int
	faults []fault
}

// csvWriter writes every table of the council. It keeps the first error and
// returns it from close, so that the simulation need not check each row.
type csvWriter struct {
	tables      []*csvTable
	byName      map[string]*csvTable
	faultCounts map[string]int
	rng         rng
	err         error
}

func newCSVWriter(dir string, tables []table, faults []fault, seed uint64) (*csvWriter, error) {
	l := &csvWriter{byName: map[string]*csvTable{}, faultCounts: map[string]int{}, rng: newRNG(seed, streamFaults)}
	for _, t := range tables {
		folder := filepath.Join(dir, t.source)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("make the folder for %s: %w", t.source, err)
		}
		file, err := os.Create(filepath.Join(folder, t.name+".csv"))
		if err != nil {
			return nil, fmt.Errorf("create the file of %s: %w", t.name, err)
		}
		s := &csvTable{table: t, file: file, buffer: bufio.NewWriterSize(file, 1<<16)}
		s.csv = csv.NewWriter(s.buffer)
		for _, b := range faults {
			if b.table == t.name {
				s.faults = append(s.faults, b.withIndex(t.columns))
			}
		}
		l.tables = append(l.tables, s)
		l.byName[t.name] = s
		l.setErr(s.csv.Write(t.columns))
	}
	return l, nil
}

func (l *csvWriter) setErr(err error) {
	if l.err == nil {
		l.err = err
	}
}

// write adds a row, in the order of the table's columns.
func (l *csvWriter) write(name string, cells ...string) {
	s := l.byName[name]
	if s == nil || len(cells) != len(s.columns) {
		l.setErr(fmt.Errorf("a row of %d cells does not fit table %s", len(cells), name))
		return
	}
	for i := range s.faults {
		if b := &s.faults[i]; b.applies(l.rng, s.rows) {
			was := cells[b.index]
			if cells[b.index] = b.corrupt(l.rng, was); cells[b.index] != was {
				l.faultCounts[b.kind]++
			}
		}
	}
	s.rows++
	l.setErr(s.csv.Write(cells))
}

func (l *csvWriter) close() error {
	for _, s := range l.tables {
		s.csv.Flush()
		l.setErr(s.csv.Error())
		l.setErr(s.buffer.Flush())
		l.setErr(s.file.Close())
	}
	if l.err != nil {
		return fmt.Errorf("write the council's tables: %w", l.err)
	}
	return nil
}
