package csvload

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/csvload/schema"
)

// extract is one file on its way into one table.
type extract struct {
	table  schema.Table
	name   string // of the file
	file   fs.File
	rows   *csv.Reader // past the header
	header []string    // lower case, trimmed

	qualified  string          // the table, quoted, once planned
	targets    []target        // per field of the file
	columns    []string        // to copy into, in the order of the values
	newColumns []schema.Column // that the file brings and the table lacks
	absent     []string        // that the table or the description has and the file lacks
	unknown    []string        // headers that are no column
	created    bool
}

// openExtracts finds the files and reads their headers, in the order of the tables. The extracts it returns are open, even with
// an error.
func openExtracts(dir fs.FS, tables []schema.Table) ([]*extract, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, fmt.Errorf("look for extracts: %w", err)
	}
	files := map[string]string{}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || strings.HasPrefix(name, ".") {
			continue
		}
		table, isCSV := strings.CutSuffix(strings.ToLower(name), ".csv")
		if !isCSV {
			return nil, fmt.Errorf("%s: not a CSV file: export it as <table>.csv, or take it away", name)
		}
		if !slices.ContainsFunc(tables, func(t schema.Table) bool { return t.Name == table }) {
			return nil, fmt.Errorf("%s: no table is called %s: rename the file after its table, or take it away", name, table)
		}
		if other, twice := files[table]; twice {
			return nil, fmt.Errorf("%s and %s are both for table %s: keep one", other, name, table)
		}
		files[table] = name
	}
	var extracts []*extract
	for _, table := range tables {
		name, ok := files[table.Name]
		if !ok {
			continue
		}
		file, err := dir.Open(name)
		if err != nil {
			return extracts, fmt.Errorf("open an extract: %w", err)
		}
		e := &extract{table: table, name: name, file: file}
		extracts = append(extracts, e)
		if err := e.readHeader(); err != nil {
			return extracts, err
		}
	}
	if len(extracts) == 0 {
		return nil, errors.New("no file to load: export at least one table as <table>.csv; nothing is loaded")
	}
	return extracts, nil
}

func (e *extract) readHeader() error {
	buffered := bufio.NewReaderSize(e.file, 1<<20)
	start, err := buffered.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read %s: %w", e.name, err)
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		if _, err := buffered.Discard(3); err != nil {
			return fmt.Errorf("read %s: %w", e.name, err)
		}
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return fmt.Errorf("%s, line 1: the file is UTF-16: export it as UTF-8", e.name)
	}
	e.rows = csv.NewReader(buffered)
	e.rows.FieldsPerRecord = -1 // a row that is too short is refused, not the file
	e.rows.ReuseRecord = true
	record, err := e.rows.Read()
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s, line 1: the file is empty: it needs at least a header", e.name)
	}
	if err != nil {
		return e.parseError(err)
	}
	if len(record) == 1 && strings.ContainsAny(record[0], ";\t|") {
		return fmt.Errorf("%s, line 1: the header is not separated by commas: export the file with commas", e.name)
	}
	for _, name := range record {
		e.header = append(e.header, strings.ToLower(strings.TrimSpace(name)))
	}
	return nil
}

// parseError is an error of the file itself. Where quotes are out of order no later row can be told from a value.
func (e *extract) parseError(err error) error {
	var misquoted *csv.ParseError
	if !errors.As(err, &misquoted) {
		return fmt.Errorf("read %s: %w; nothing is loaded", e.name, err)
	}
	return fmt.Errorf("%s, line %d: a quotation mark is out of place: put fields that hold one in quotes and double it;"+
		" nothing is loaded", e.name, misquoted.StartLine)
}
