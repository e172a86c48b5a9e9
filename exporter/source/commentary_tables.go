package source

import (
	"context"
	"fmt"

	"childrens-services-exporter/exporter/counciltables"
)

// The council's own tables of what it says of its numbers, and of what happened
// around them.
const (
	commentaryTable = "commentary"
	eventsTable     = "events"
)

// readCommentary reads both tables, where the council has them. No number rests on them,
// so that no guard looks at them: a text is missing while its table is refilled.
func (r *Session) readCommentary(ctx context.Context, schema *Schema) error {
	r.CouncilTables = counciltables.CommentaryTables{Problems: map[string]string{}}
	const published = "lower(btrim(%s::text)) in ('true', 't', 'yes', 'y', '1')"
	for _, tables := range []struct {
		name            string
		needed, columns []string
		into            any
	}{
		{commentaryTable, []string{"indicator", "period", "text", "author_role", "published"}, []string{"indicator", "period", "text", "author_role", "action"}, &r.CouncilTables.Commentary},
		{eventsTable, []string{"event", "happened_on"}, []string{"event", "happened_on"}, &r.CouncilTables.Events},
	} {
		table := schema.tables[tables.name]
		if table == nil {
			continue
		}
		r.CouncilTables.Tables = append(r.CouncilTables.Tables, tables.name)
		problem, err := r.readLocalTable(ctx, table, tables.needed, func() error {
			only := "true"
			if tables.name == commentaryTable {
				only = fmt.Sprintf(published, table.columns["published"].name)
			}
			return r.tx.SelectContext(ctx, tables.into, "select "+table.selectText(tables.columns)+" from "+table.name+" where "+only+" order by 1, 2 limit 10000")
		})
		if err != nil {
			return err
		}
		if problem != "" {
			r.CouncilTables.Problems[tables.name] = problem
		}
	}
	return nil
}
