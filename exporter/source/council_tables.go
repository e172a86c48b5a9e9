package source

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/staging"
)

// The tables that a council keeps itself, beside those of its case systems.
const (
	codeTable       = "code_map"
	targetTable     = "target"
	commentaryTable = "commentary"
	eventsTable     = "events"
)

func (s *Session) readCouncilTables(ctx context.Context, g *Guard) error {
	if err := s.readLocalCodes(ctx); err != nil {
		return err
	}
	if err := s.readTargets(ctx, g); err != nil {
		return err
	}
	return s.readCommentary(ctx)
}

// readLocalCodes reads what the words of the council's case systems mean, column by
// column. The guard checks the table like any other, since a refresh can empty it.
func (s *Session) readLocalCodes(ctx context.Context) error {
	table := s.schema.Table(codeTable)
	columns := []string{"source_table", "source_column", "raw_value", "code"}
	if table == nil || table.AmbiguousWith != "" || missingColumn(table, columns) != "" {
		return nil
	}
	selected := make([]string, len(columns))
	for i, name := range columns {
		quoted, _ := table.Column(name)
		selected[i] = "coalesce(btrim(" + quoted + "::text), '')"
	}
	var codes []staging.LocalCode
	var filenode uint32
	err := s.tx.WithSavepoint(ctx, func(tx *sqlx.Tx) error {
		rows, err := tx.QueryxContext(ctx, "select "+strings.Join(selected, ", ")+" from "+table.Name)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var code staging.LocalCode
			if err := rows.Scan(&code.Table, &code.Column, &code.Raw, &code.Code); err != nil {
				return err
			}
			codes = append(codes, code)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		filenode, err = staging.Filenode(ctx, tx, table.OID)
		return err
	})
	if err != nil {
		if err := s.statementFault(ctx, err); err != nil {
			return err
		}
		return fmt.Errorf("%s: table %s cannot be read: %w", s.source, codeTable, err)
	}
	s.tx.RequireTables(int64(table.OID))
	s.LocalCodes = codes
	s.Tables = append(s.Tables, guard.TableStats{
		Relation: codeTable, Filenode: filenode, Rows: int64(len(codes)), MayBeEmpty: true, Checks: map[string]int64{},
	})
	return nil
}

// readTargets reads the table of targets. The guard checks it like any other table,
// so that no target is lost while the table is being refilled.
func (s *Session) readTargets(ctx context.Context, g *Guard) error {
	table := s.schema.Table(targetTable)
	s.Targets = &counciltables.TargetTable{}
	if table == nil {
		if g.hadRows(targetTable) {
			s.Tables = append(s.Tables, guard.TableStats{Relation: targetTable, MayBeEmpty: true})
		}
		return nil
	}
	columns := []string{"indicator", "valid_from", "target", "valid_to", "tolerance", "owner", "better", "start_value", "reached_on"}
	var rows []counciltables.TargetRow
	var filenode uint32
	problem, err := s.readLocalTable(ctx, table, columns[:3], func(tx *sqlx.Tx) error {
		// All columns decide the order, so that a fault is reported in the same words every time.
		if err := tx.SelectContext(ctx, &rows, "select "+selectText(table, columns)+" from "+table.Name+" order by 1, 2, 3, 4, 5, 6, 7, 8, 9"); err != nil {
			return err
		}
		var err error
		filenode, err = staging.Filenode(ctx, tx, table.OID)
		return err
	})
	if err != nil || problem != "" {
		s.Targets.Problem = problem
		return err
	}
	s.Targets.Rows = rows
	s.Tables = append(s.Tables, guard.TableStats{Relation: targetTable, Filenode: filenode, Rows: int64(len(rows)), MayBeEmpty: true})
	return nil
}

// readCommentary reads commentary and events, where the council has the tables. No
// number depends on them, so that the guard does not check them: a text is missing
// while its table is refilled.
func (s *Session) readCommentary(ctx context.Context) error {
	s.CouncilTables = counciltables.CommentaryTables{Problems: map[string]string{}}
	if table := s.schema.Table(commentaryTable); table != nil {
		required := []string{"indicator", "period", "text", "author_role", "published"}
		err := s.readCouncilTable(ctx, commentaryTable, required, func(tx *sqlx.Tx) error {
			published, _ := table.Column("published")
			return tx.SelectContext(ctx, &s.CouncilTables.Commentary,
				"select "+selectText(table, []string{"indicator", "period", "text", "author_role", "action"})+" from "+table.Name+
					" where lower(btrim("+published+"::text)) in ('true', 't', 'yes', 'y', '1') order by 1, 2 limit 10000")
		})
		if err != nil {
			return err
		}
	}
	if table := s.schema.Table(eventsTable); table != nil {
		columns := []string{"event", "happened_on"}
		return s.readCouncilTable(ctx, eventsTable, columns, func(tx *sqlx.Tx) error {
			return tx.SelectContext(ctx, &s.CouncilTables.Events,
				"select "+selectText(table, columns)+" from "+table.Name+" where true order by 1, 2 limit 10000")
		})
	}
	return nil
}

func (s *Session) readCouncilTable(ctx context.Context, name string, required []string, read func(*sqlx.Tx) error) error {
	s.CouncilTables.Tables = append(s.CouncilTables.Tables, name)
	problem, err := s.readLocalTable(ctx, s.schema.Table(name), required, read)
	if problem != "" {
		s.CouncilTables.Problems[name] = problem
	}
	return err
}

// readLocalTable reads a table of the council's own that no cohort reads. The
// problem says in plain words why there can be no rows.
func (s *Session) readLocalTable(ctx context.Context, table *staging.Table, required []string, read func(*sqlx.Tx) error) (problem string, err error) {
	if table.AmbiguousWith != "" {
		return fmt.Sprintf("%s and %s might both be meant; set schema in the settings", table.Name, table.AmbiguousWith), nil
	}
	if missing := missingColumn(table, required); missing != "" {
		return "column " + missing + " is missing or may not be read", nil
	}
	if err := s.tx.WithSavepoint(ctx, read); err != nil {
		if err := s.statementFault(ctx, err); err != nil {
			return "", err
		}
		return "it cannot be read: " + postgres.Describe(err), nil
	}
	s.tx.RequireTables(int64(table.OID))
	return "", nil
}

// missingColumn is the first column that the table lacks or that may not be read.
func missingColumn(table *staging.Table, columns []string) string {
	for _, name := range columns {
		if _, ok := table.Column(name); !ok {
			return name
		}
	}
	return ""
}

// selectText selects columns as text, cut to a length that no text may have; a
// column that the table lacks is empty.
func selectText(table *staging.Table, columns []string) string {
	selected := make([]string, len(columns))
	for i, name := range columns {
		selected[i] = "'' as " + name
		if quoted, ok := table.Column(name); ok {
			selected[i] = "coalesce(left(btrim(" + quoted + "::text), 20001), '') as " + name
		}
	}
	return strings.Join(selected, ", ")
}
