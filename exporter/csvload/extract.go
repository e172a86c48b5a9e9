package csvload

import (
	"bufio"
	"context"
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
	table    schema.Table
	dir      fs.FS
	name     string // of the file
	limit    int64  // of bytes when unpacked
	encoding textEncoding
	dialect  dialect
	header   []string // lower case, trimmed

	qualified  string          // the table, quoted, once planned
	targets    []target        // per field of the file
	columns    []string        // to copy into, in the order of the values
	newColumns []schema.Column // that the file brings and the table lacks
	absent     []string        // that the table or the description has and the file lacks
	unknown    []int           // fields whose header is no column, from 1
	created    bool
	before     int64 // rows of the table before the load

	surveys []columnSurvey
	rows    int // in the file, once surveyed
}

// findExtracts finds the files of the tables, in the order of the tables.
func findExtracts(dir fs.FS, tables []schema.Table, limit int64) ([]*extract, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, fmt.Errorf("look for extracts: %w", err)
	}
	files, problems := map[string]string{}, problemList{}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || strings.HasPrefix(name, ".") {
			continue
		}
		table, ok := tableOfFile(name)
		switch other, twice := files[table]; {
		case !ok:
			problems.add("%s: not a CSV file: export it as <table>.csv, or take it away", name)
		case !slices.ContainsFunc(tables, func(t schema.Table) bool { return t.Name == table }):
			problems.add("%s: no table is called %s: rename the file after its table, or take it away", name, table)
		case twice:
			problems.add("%s and %s are both for table %s: keep one", other, name, table)
		default:
			files[table] = name
		}
	}
	if err := problems.err(); err != nil {
		return nil, err
	}
	var extracts []*extract
	for _, table := range tables {
		if name, ok := files[table.Name]; ok {
			extracts = append(extracts, &extract{table: table, dir: dir, name: name, limit: limit})
		}
	}
	if len(extracts) == 0 {
		return nil, problemList{"no file to load: export at least one table as <table>.csv; nothing is loaded"}.err()
	}
	return extracts, nil
}

// tableOfFile takes plan.csv, plan.csv.gz, plan.csv.zip and plan.zip.
func tableOfFile(name string) (table string, ok bool) {
	name = strings.ToLower(name)
	for _, ending := range []string{".csv.gz", ".csv.zip", ".zip", ".csv"} {
		if table, ok := strings.CutSuffix(name, ending); ok {
			return table, true
		}
	}
	return "", false
}

// readHeader finds out how the file is written, for which all of it is read once, and takes its header.
func (e *extract) readHeader(ctx context.Context) error {
	file, err := openFile(e.dir, e.name, e.limit)
	if err != nil {
		return e.fileError(err)
	}
	encoding, reason, line, err := recogniseEncoding(ctx, file)
	_ = file.Close() // read only: nothing is lost
	switch {
	case err != nil:
		return e.fileError(err)
	case reason != "":
		return problemList{fmt.Sprintf("%s, line %d: %s", e.name, line, reason)}.err()
	}
	e.encoding = encoding
	records, err := e.open()
	if err != nil {
		return err
	}
	defer records.close()
	e.header = records.header
	return nil
}

// isColumn says whether a name of the header is one of the table.
func (e *extract) isColumn(name string) bool {
	return slices.ContainsFunc(e.table.Columns, func(c schema.Column) bool {
		return c.Name == name || slices.Contains(c.Also, name)
	})
}

// open opens the file at its first row.
func (e *extract) open() (*recordReader, error) {
	file, err := openFile(e.dir, e.name, e.limit)
	if err != nil {
		return nil, e.fileError(err)
	}
	records, err := e.readFrom(file)
	if err != nil {
		_ = file.Close() // read only: nothing is lost
		return nil, err
	}
	return records, nil
}

func (e *extract) readFrom(file io.ReadCloser) (*recordReader, error) {
	decoded, err := e.encoding.decode(file)
	if err != nil {
		return nil, e.fileError(err)
	}
	text := bufio.NewReaderSize(decoded, startSize)
	if e.header == nil {
		start, err := text.Peek(startSize)
		if err != nil && !errors.Is(err, io.EOF) && len(start) == 0 {
			return nil, e.fileError(err)
		}
		e.dialect = recogniseDialect(start, e.isColumn)
	}
	rows, err := e.dialect.newReader(text)
	if err != nil {
		return nil, e.fileError(err)
	}
	records := &recordReader{file: file, rows: rows, lines: e.dialect.lines, announced: -1}
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, problemList{fmt.Sprintf("%s, line 1: the file is empty: it needs at least a header", e.name)}.err()
	}
	if err != nil {
		return nil, e.fileError(err)
	}
	for _, name := range header {
		records.header = append(records.header, headerName(name))
	}
	return records, nil
}

// fileError is an error of the file itself. Where quotes are out of order, no later row can be separated from a value.
func (e *extract) fileError(err error) error {
	var misquoted *csv.ParseError
	var archive archiveError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errRowsAfterEnd), errors.Is(err, errHeaderAgain), errors.As(err, &archive):
		return problemList{fmt.Sprintf("%s: %v", e.name, err)}.err()
	case !errors.As(err, &misquoted):
		return fmt.Errorf("read %s: %w; nothing is loaded", e.name, err)
	}
	return problemList{fmt.Sprintf("%s, line %d: a quotation mark is out of place: put fields that hold one in quotes and double it;"+
		" nothing is loaded", e.name, misquoted.StartLine+e.dialect.lines)}.err()
}
