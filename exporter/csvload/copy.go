package csvload

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

const (
	wrongWidth = "has the wrong number of fields"
	notUTF8    = "is not UTF-8"
	blank      = "is empty"
)

// copy streams the file into the table and counts what it refuses.
func (e *extract) copy(ctx context.Context, tx *sqlx.Tx, zone *time.Location) (report Table, err error) {
	report = Table{Name: e.table.Name, File: e.name, Created: e.created, Unknown: e.unknown, Absent: e.absent}
	for _, column := range e.newColumns {
		report.Added = append(report.Added, column.Name)
	}
	names := make([]string, len(e.columns))
	for i, column := range e.columns {
		names[i] = pq.QuoteIdentifier(column)
	}
	stream, err := tx.PrepareContext(ctx, "copy "+e.qualified+" ("+strings.Join(names, ", ")+") from stdin")
	if err != nil {
		return report, newDatabaseError("copy into "+e.table.Name, err)
	}
	defer func() {
		// Ends the COPY also after an error of ours, without which the roll-back could not be sent.
		if closing := stream.Close(); closing != nil && err == nil {
			err = newDatabaseError("copy into "+e.table.Name, closing)
		}
	}()

	row := newRow(e.targets)
	for {
		record, err := e.rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return report, e.parseError(err)
		}
		report.Read++
		line, _ := e.rows.FieldPos(0)
		if column, reason := row.read(record, zone); reason != "" {
			report.rejectRow(column, reason, line)
			continue
		}
		for _, value := range row.rejected {
			report.rejectValue(value.column, value.reason, line)
		}
		if _, err := stream.ExecContext(ctx, row.values...); err != nil {
			return report, newDatabaseError("copy into "+e.table.Name, err)
		}
		report.Loaded++
	}
	if _, err := stream.ExecContext(ctx); err != nil {
		return report, newDatabaseError("copy into "+e.table.Name, err)
	}
	if report.Read > 0 && report.Loaded == 0 {
		first := report.Rows[0]
		return report, fmt.Errorf("%s, line %d: %s, and no other row could be loaded either: check the export; nothing is loaded",
			e.name, first.Lines[0], first.subject())
	}
	return report, nil
}

// row turns records into values to copy. Its slices are used again for each record.
type row struct {
	targets  []target
	values   []any
	rejected []rejectedValue
}

type rejectedValue struct{ column, reason string }

func newRow(targets []target) *row {
	return &row{targets: targets, values: make([]any, 0, len(targets))}
}

// read reads a record. A reason means that the row is refused, for a column or, if that is "", as a whole.
func (r *row) read(record []string, zone *time.Location) (column, reason string) {
	r.values, r.rejected = r.values[:0], r.rejected[:0]
	if len(record) != len(r.targets) {
		return "", wrongWidth
	}
	for _, field := range record {
		if !utf8.ValidString(field) {
			return "", notUTF8
		}
	}
	for i, target := range r.targets {
		if target.column == "" {
			continue
		}
		field := record[i]
		reason := ""
		var value any
		if isBlank(field) {
			if target.required {
				reason = blank
			}
		} else if field, reason = target.check(field, zone); reason == "" {
			value = field
		}
		if reason != "" {
			if target.required {
				return target.column, reason
			}
			r.rejected = append(r.rejected, rejectedValue{target.column, reason})
		}
		r.values = append(r.values, value)
	}
	return "", ""
}

// isBlank knows the ways in which exports write nothing: SQL Server's bcp writes an empty string as a NUL character,
// Management Studio writes the word NULL, and fixed-width columns come padded.
func isBlank(field string) bool {
	return field == "NULL" || strings.Trim(field, " \x00") == ""
}
