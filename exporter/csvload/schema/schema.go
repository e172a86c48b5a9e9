// Package schema describes the tables that CSV extracts are loaded into: their DDL, to read and to run, and the same as
// tables and columns.
package schema

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed social_care.sql social_care_in_care.sql education.sql local.sql
var files embed.FS

// DDL returns the create statements of a group of tables: social_care, education or local. They name no schema, so
// that the search path decides.
func DDL(name string) (string, error) {
	var parts []string
	switch name {
	case "social_care":
		parts = []string{"social_care.sql", "social_care_in_care.sql"}
	case "education", "local":
		parts = []string{name + ".sql"}
	default:
		return "", fmt.Errorf("no tables called %q: choose social_care, education or local", name)
	}
	var ddl []string
	for _, part := range parts {
		text, err := files.ReadFile(part)
		if err != nil {
			return "", fmt.Errorf("read the embedded tables: %w", err)
		}
		ddl = append(ddl, string(text))
	}
	return strings.Join(ddl, "\n"), nil
}

// Tables describes a group of tables in the order of its DDL.
func Tables(name string) ([]Table, error) {
	ddl, err := DDL(name)
	if err != nil {
		return nil, err
	}
	tables, err := parse(ddl)
	if err != nil {
		return nil, fmt.Errorf("the embedded tables of %s: %w", name, err)
	}
	return tables, nil
}

// Table is one table to load.
type Table struct {
	Name    string
	Row     string // what a row is, to follow "A row is"
	Columns []Column
}

// Column is one column of a table. Names are in lower case and unquoted.
type Column struct {
	Name    string
	Type    string // as written in the DDL: varchar(48), timestamp, double precision
	NotNull bool
	Default string   // an SQL expression, or "" for none
	Also    []string // what other releases and builds call it
}
