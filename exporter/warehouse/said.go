package warehouse

import (
	"context"
	"fmt"
	"strings"
)

// The council's own tables of what it says of its numbers, and of what happened
// around them.
const (
	commentaryTable = "commentary"
	eventsTable     = "events"
)

// RemarkRow is a row of commentary that is published, as text: what it means is for
// the scorecard to say.
type RemarkRow struct {
	Indicator string `db:"indicator"`
	Period    string `db:"period"`
	Text      string `db:"text"`
	Role      string `db:"author_role"`
	Action    string `db:"action"`
}

// EventRow is a row of events.
type EventRow struct {
	Event string `db:"event"`
	Day   string `db:"happened_on"`
}

// Said is what the two tables hold. Drafts are not in it: they do not leave the
// database.
type Said struct {
	Remarks []RemarkRow
	Events  []EventRow
	// Problems say, by table, why there can be no rows.
	Problems map[string]string
	// Tables are those that the council has.
	Tables []string
}

// readSaid reads both tables, where the council has them. No number rests on them,
// so that no guard looks at them: a text is missing while its table is refilled.
func (r *Reading) readSaid(ctx context.Context, shape *Shape) error {
	r.Said = Said{Problems: map[string]string{}}
	const published = "lower(btrim(%s::text)) in ('true', 't', 'yes', 'y', '1')"
	for _, one := range []struct {
		name            string
		needed, columns []string
		into            any
	}{
		{commentaryTable, []string{"indicator", "period", "text", "author_role", "published"}, []string{"indicator", "period", "text", "author_role", "action"}, &r.Said.Remarks},
		{eventsTable, []string{"event", "happened_on"}, []string{"event", "happened_on"}, &r.Said.Events},
	} {
		table := shape.tables[one.name]
		if table == nil {
			continue
		}
		r.Said.Tables = append(r.Said.Tables, one.name)
		if table.rival != "" {
			r.Said.Problems[one.name] = fmt.Sprintf("%s and %s might both be meant; set schema in the settings", table.name, table.rival)
			continue
		}
		if lacks := table.lacks(one.needed); lacks != "" {
			r.Said.Problems[one.name] = "column " + lacks + " is missing or may not be read"
			continue
		}
		only := "true"
		if flag, there := table.columns["published"]; there && one.name == commentaryTable {
			only = fmt.Sprintf(published, flag.name)
		}
		query := "select " + table.texts(one.columns) + " from " + table.name + " where " + only + " order by 1, 2 limit 10000"
		fault, err := r.attempt(ctx, func() error { return r.tx.SelectContext(ctx, one.into, query) })
		switch {
		case err != nil:
			return err
		case fault == nil:
			r.needed = append(r.needed, int64(table.oid))
		case refreshing(fault) != nil:
			return refreshing(fault)
		case ctx.Err() != nil:
			return fault
		default:
			r.Said.Problems[one.name] = "it cannot be read: " + Reason(fault)
		}
	}
	return nil
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
