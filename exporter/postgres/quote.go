package postgres

import "strings"

// QuoteIdentifier writes the name of a schema, table or column as SQL.
func QuoteIdentifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// QuoteLiteral writes a text as SQL. It needs standard_conforming_strings, which
// Open sets: a backslash stands for itself.
func QuoteLiteral(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
