package csvload

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

var (
	announcement    = regexp.MustCompile(`^\(?(\d+) rows?( affected| selected)?\.?\)?$`)
	errHeaderAgain  = errors.New("the header stands again among the rows: the file holds two exports; keep one")
	errRowsAfterEnd = errors.New("rows follow the line that counts them: the file holds two exports; keep one")
)

// recordReader reads the rows of a file and passes over what is none: the dashes that sqlcmd writes under its header, rows
// of nothing, and the line at the end that counts the rows.
type recordReader struct {
	file      io.Closer
	rows      *csv.Reader
	header    []string
	lines     int // before the header
	read      int // rows
	announced int // rows that the last line counts, -1 without one
}

func (r *recordReader) close() { _ = r.file.Close() } // read only: nothing is lost

// next returns a row and its line, or io.EOF.
func (r *recordReader) next() (record []string, line int, err error) {
	for {
		record, err := r.rows.Read()
		if err != nil {
			return nil, 0, err
		}
		if isNothing(record) || r.read == 0 && isRuler(record) {
			continue
		}
		if len(record) == 1 {
			if match := announcement.FindStringSubmatch(strings.TrimSpace(record[0])); match != nil && r.announced < 0 {
				// Digits only, so that what fails is too large, and no count of any file.
				r.announced, _ = strconv.Atoi(match[1])
				continue
			}
		}
		if r.announced >= 0 {
			return nil, 0, errRowsAfterEnd
		}
		if r.isHeader(record) {
			return nil, 0, errHeaderAgain
		}
		r.read++
		line, _ := r.rows.FieldPos(0)
		return record, line + r.lines, nil
	}
}

func (r *recordReader) isHeader(record []string) bool {
	for i, field := range record {
		if i >= len(r.header) || len(field) < len(r.header[i]) || headerName(field) != r.header[i] {
			return false
		}
	}
	return len(record) == len(r.header)
}

func isNothing(record []string) bool {
	for _, field := range record {
		if field != "" && strings.Trim(field, " \t\u00a0") != "" {
			return false
		}
	}
	return true
}

// isRuler knows the line of dashes under a header.
func isRuler(record []string) bool {
	for _, field := range record {
		if field = strings.TrimSpace(field); field == "" || strings.Trim(field, "-") != "" {
			return false
		}
	}
	return true
}
