package councils

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lib/pq"

	"childrens-services-exporter/deploy/postgres"
)

// Tables is the name of a table to its rows, and a row the name of a column to its text. A column that a row does not
// have is NULL.
type Tables map[string][]map[string]string

// Create makes the empty tables of the groups: social_care, education, local.
func Create(db *sql.DB, groups ...string) error {
	for _, group := range groups {
		ddl, err := postgres.DDL(group)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ddl); err != nil {
			return fmt.Errorf("create the tables of %s: %w", group, err)
		}
	}
	return nil
}

// Fill empties the tables named and writes all rows, in one transaction.
func Fill(db *sql.DB, tables Tables, empty ...string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, table := range empty {
		if _, err := tx.Exec("delete from " + pq.QuoteIdentifier(table)); err != nil {
			return err
		}
	}
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		if err := fillTable(tx, table, tables[table]); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return tx.Commit()
}

func fillTable(tx *sql.Tx, table string, rows []map[string]string) error {
	named := map[string]bool{}
	for _, row := range rows {
		for column := range row {
			named[column] = true
		}
	}
	columns := slices.Sorted(maps.Keys(named))
	quoted := make([]string, len(columns))
	for i, column := range columns {
		quoted[i] = pq.QuoteIdentifier(column)
	}
	statement, err := tx.Prepare(fmt.Sprintf("copy %s (%s) from stdin", pq.QuoteIdentifier(table), strings.Join(quoted, ", ")))
	if err != nil {
		return err
	}
	defer func() { _ = statement.Close() }()
	for _, row := range rows {
		values := make([]any, len(columns))
		for i, column := range columns {
			if cell, filled := row[column]; filled {
				values[i] = cell
			}
		}
		if _, err := statement.Exec(values...); err != nil {
			return err
		}
	}
	_, err = statement.Exec()
	return err
}
