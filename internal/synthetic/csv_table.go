package synthetic

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
)

// table is a CSV file to be: where it goes and its columns.
type table struct {
	source  string // social_care or education
	name    string
	columns []string
}

// sheet is a table while it is written.
type sheet struct {
	table
	file      *os.File
	buffer    *bufio.Writer
	csv       *csv.Writer
	rows      int
	blemishes []blemish
}

// ledger holds every sheet of the council. The first error sticks and is
// returned by close, so that the simulation need not look at each row.
type ledger struct {
	sheets  []*sheet
	named   map[string]*sheet
	oddity  map[string]int
	dice    dice
	problem error
}

func openLedger(dir string, tables []table, blemishes []blemish, seed uint64) (*ledger, error) {
	l := &ledger{named: map[string]*sheet{}, oddity: map[string]int{}, dice: newDice(seed, streamDirt)}
	for _, t := range tables {
		folder := filepath.Join(dir, t.source)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("make the folder for %s: %w", t.source, err)
		}
		file, err := os.Create(filepath.Join(folder, t.name+".csv"))
		if err != nil {
			return nil, fmt.Errorf("create the file of %s: %w", t.name, err)
		}
		s := &sheet{table: t, file: file, buffer: bufio.NewWriterSize(file, 1<<16)}
		s.csv = csv.NewWriter(s.buffer)
		for _, b := range blemishes {
			if b.table == t.name {
				s.blemishes = append(s.blemishes, b.located(t.columns))
			}
		}
		l.sheets = append(l.sheets, s)
		l.named[t.name] = s
		l.keep(s.csv.Write(t.columns))
	}
	return l, nil
}

func (l *ledger) keep(err error) {
	if l.problem == nil {
		l.problem = err
	}
}

// write adds a row, in the order of the table's columns.
func (l *ledger) write(name string, cells ...string) {
	s := l.named[name]
	if s == nil || len(cells) != len(s.columns) {
		l.keep(fmt.Errorf("a row of %d cells does not fit table %s", len(cells), name))
		return
	}
	for i := range s.blemishes {
		if b := &s.blemishes[i]; b.strikes(l.dice, s.rows) {
			was := cells[b.at]
			if cells[b.at] = b.spoil(l.dice, was); cells[b.at] != was {
				l.oddity[b.kind]++
			}
		}
	}
	s.rows++
	l.keep(s.csv.Write(cells))
}

func (l *ledger) close() error {
	for _, s := range l.sheets {
		s.csv.Flush()
		l.keep(s.csv.Error())
		l.keep(s.buffer.Flush())
		l.keep(s.file.Close())
	}
	if l.problem != nil {
		return fmt.Errorf("write the council's tables: %w", l.problem)
	}
	return nil
}
