package source

import (
	"context"
	"fmt"
	"strings"
)

// readLocalTable reads a table of the council's own that no cohort rests on. The problem
// says in plain words why there can be no rows.
func (r *Session) readLocalTable(ctx context.Context, local *table, needed []string, read func() error) (problem string, err error) {
	if local.ambiguousWith != "" {
		return fmt.Sprintf("%s and %s might both be meant; set schema in the settings", local.name, local.ambiguousWith), nil
	}
	if missing := local.missingColumn(needed); missing != "" {
		return "column " + missing + " is missing or may not be read", nil
	}
	fault, err := r.withSavepoint(ctx, read)
	switch {
	case err != nil:
		return "", err
	case fault == nil:
		r.requiredTables = append(r.requiredTables, int64(local.oid))
		return "", nil
	case refreshError(fault) != nil:
		return "", refreshError(fault)
	case ctx.Err() != nil:
		return "", fault
	}
	return "it cannot be read: " + Describe(fault), nil
}

// missingColumn is the first column that the table has not, or that may not be read.
func (t *table) missingColumn(columns []string) string {
	for _, name := range columns {
		if _, there := t.columns[name]; !there {
			return name
		}
	}
	return ""
}

// selectText selects columns as text, cut off where no text may be as long; a column
// that the table has not is empty.
func (t *table) selectText(columns []string) string {
	selected := make([]string, len(columns))
	for i, name := range columns {
		selected[i] = "'' as " + name
		if at, there := t.columns[name]; there {
			selected[i] = "coalesce(left(btrim(" + at.name + "::text), 20001), '') as " + name
		}
	}
	return strings.Join(selected, ", ")
}
