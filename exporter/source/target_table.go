package source

import (
	"context"
	"database/sql"

	"childrens-services-exporter/exporter/counciltables"
)

// targetTable is the council's own table of what its indicators should reach.
const targetTable = "target"

// readTargets reads the table, if the council has it. Guards look at it like at
// any other table, so that tables that is just being refilled takes no target away.
func (r *Session) readTargets(ctx context.Context, g *Guard, schema *Schema) error {
	table := schema.tables[targetTable]
	r.Targets = &counciltables.TargetTable{}
	if table == nil {
		if g.hadRows(targetTable) {
			r.Tables = append(r.Tables, TableStats{Relation: targetTable, MayBeEmpty: true})
		}
		return nil
	}
	columns := []string{"indicator", "valid_from", "target", "valid_to", "tolerance", "owner", "better", "start_value", "reached_on"}
	var rows []counciltables.TargetRow
	var node sql.NullInt64
	problem, err := r.readLocalTable(ctx, table, columns[:3], func() error {
		// Each row in its place, so that a slip is told in the same words every time.
		if err := r.tx.SelectContext(ctx, &rows, "select "+table.selectText(columns)+" from "+table.name+" order by 1, 2, 3, 4, 5, 6, 7, 8, 9"); err != nil {
			return err
		}
		return r.tx.GetContext(ctx, &node, "select pg_relation_filenode($1::oid)::bigint", table.oid)
	})
	if err != nil || problem != "" {
		r.Targets.Problem = problem
		return err
	}
	r.Targets.Rows = rows
	r.Tables = append(r.Tables, TableStats{Relation: targetTable, Filenode: uint32(node.Int64), Rows: int64(len(rows)), MayBeEmpty: true})
	return nil
}
