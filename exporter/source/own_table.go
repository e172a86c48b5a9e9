package source

import (
	"context"
	"fmt"
	"strings"
)

// readOwn reads a table of the council's own that no cohort rests on. The problem
// says in plain words why there can be no rows.
func (r *Session) readOwn(ctx context.Context, own *table, needed []string, read func() error) (problem string, err error) {
	if own.rival != "" {
		return fmt.Sprintf("%s and %s might both be meant; set schema in the settings", own.name, own.rival), nil
	}
	if lacks := own.lacks(needed); lacks != "" {
		return "column " + lacks + " is missing or may not be read", nil
	}
	fault, err := r.attempt(ctx, read)
	switch {
	case err != nil:
		return "", err
	case fault == nil:
		r.needed = append(r.needed, int64(own.oid))
		return "", nil
	case refreshing(fault) != nil:
		return "", refreshing(fault)
	case ctx.Err() != nil:
		return "", fault
	}
	return "it cannot be read: " + Describe(fault), nil
}

// lacks is the first column that the table has not, or that may not be read.
func (t *table) lacks(columns []string) string {
	for _, name := range columns {
		if _, there := t.columns[name]; !there {
			return name
		}
	}
	return ""
}

// texts selects columns as text, cut off where no text may be as long; a column
// that the table has not is empty.
func (t *table) texts(columns []string) string {
	selected := make([]string, len(columns))
	for i, name := range columns {
		selected[i] = "'' as " + name
		if at, there := t.columns[name]; there {
			selected[i] = "coalesce(left(btrim(" + at.name + "::text), 20001), '') as " + name
		}
	}
	return strings.Join(selected, ", ")
}
