package csvload

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

const (
	wrongWidth = "has the wrong number of fields"
	blank      = "is empty"
)

// copy streams the file into the table and counts what it refuses.
func (e *extract) copy(ctx context.Context, tx *sqlx.Tx, zone *time.Location) (report Table, err error) {
	report = Table{Name: e.table.Name, File: e.name, Created: e.created, Unknown: e.unknown, Absent: e.absent, Filled: map[string]int{}}
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

	records, err := e.open()
	if err != nil {
		return report, err
	}
	defer records.close()
	row := newRow(e.targets)
	for {
		record, line, err := records.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return report, e.fileError(err)
		}
		report.Read++
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
	for i, t := range e.targets {
		if t.column.Name != "" {
			report.Filled[t.column.Name] = row.filled[i]
		}
	}
	return report, nil
}

// row turns records into values to copy. Its slices are used again for each record.
type row struct {
	targets  []target
	values   []any
	filled   []int // values so far, by field
	rejected []rejectedValue
}

type rejectedValue struct{ column, reason string }

func newRow(targets []target) *row {
	return &row{targets: targets, values: make([]any, 0, len(targets)), filled: make([]int, len(targets))}
}

// read reads a record. A reason means that the row is refused, for a column or, if that is "", as a whole.
func (r *row) read(record []string, zone *time.Location) (column, reason string) {
	r.values, r.rejected = r.values[:0], r.rejected[:0]
	if len(record) != len(r.targets) {
		return "", wrongWidth
	}
	for i := range r.targets {
		target := &r.targets[i]
		if target.column.Name == "" {
			continue
		}
		field := record[i]
		reason := ""
		var value any
		if isBlank(field, target.takesNone) {
			if target.required {
				reason = blank
			}
		} else {
			r.filled[i]++
			if field, reason = target.check(field, zone); reason == "" {
				value = field
			}
		}
		if reason != "" {
			if target.required || target.ends {
				return target.column.Name, reason
			}
			r.rejected = append(r.rejected, rejectedValue{target.column.Name, reason})
		}
		r.values = append(r.values, value)
	}
	return "", ""
}
