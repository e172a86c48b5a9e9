package source

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// codeMap is the council's own table of what its words mean, column by column.
// It goes before the settings and before the words that ship with the exporter.
const codeMap = "code_map"

// localCode is one row of it.
type localCode struct{ table, column, raw, code string }

// readCodeMap reads the table, if the council has it, and gives the staging in
// which its words are known. A refresh can empty it like any other table, and a
// guard looks at it like at any other.
func (r *Session) readCodeMap(ctx context.Context, staging *Staging, schema *Schema) (*Staging, error) {
	table := schema.tables[codeMap]
	if table == nil || table.ambiguousWith != "" {
		return staging, nil
	}
	columns := make([]string, 0, 4)
	for _, name := range []string{"source_table", "source_column", "raw_value", "code"} {
		at, there := table.columns[name]
		if !there {
			return staging, nil
		}
		columns = append(columns, "coalesce(btrim("+at.name+"::text), '')")
	}
	var codes []localCode
	var node sql.NullInt64
	fault, err := r.withSavepoint(ctx, func() error {
		rows, err := r.tx.QueryxContext(ctx, "select "+strings.Join(columns, ", ")+" from "+table.name)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var local localCode
			if err := rows.Scan(&local.table, &local.column, &local.raw, &local.code); err != nil {
				return err
			}
			codes = append(codes, local)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return r.tx.GetContext(ctx, &node, "select pg_relation_filenode($1::oid)::bigint", table.oid)
	})
	switch {
	case err != nil:
		return nil, err
	case fault == nil:
	case refreshError(fault) != nil:
		return nil, refreshError(fault)
	default:
		return nil, fmt.Errorf("%s: table %s cannot be read: %w", r.source, codeMap, fault)
	}
	r.requiredTables = append(r.requiredTables, int64(table.oid))
	r.localCodes = codes
	own, unused := staging.withLocalCodes(codes)
	r.Tables = append(r.Tables, TableStats{
		Relation: codeMap, Filenode: uint32(node.Int64), Rows: int64(len(codes)), MayBeEmpty: true,
		Checks: map[string]int64{codeMap + " of no column that is mapped": unused},
	})
	return own, nil
}

// WithLocalCodes gives another staging of the source the words of the council's own table;
// without such words it stays the same.
func (r *Session) WithLocalCodes(staging *Staging) *Staging {
	if len(r.localCodes) == 0 {
		return staging
	}
	own, _ := staging.withLocalCodes(r.localCodes)
	return own
}

// withLocalCodes is the staging in which a council's words mean what it says they do,
// and the number of words for columns that nothing maps.
func (s *Staging) withLocalCodes(codes []localCode) (extended *Staging, unused int64) {
	copied := *s
	extended = &copied
	extended.relations = maps.Clone(s.relations)
	for _, local := range codes {
		if local.raw == "" || local.code == "" || !extended.addMapping(local) {
			unused++
		}
	}
	return extended, unused
}

// addMapping takes one word, and reports whether any relation reads its column.
func (s *Staging) addMapping(local localCode) bool {
	added := false
	for _, name := range sortedKeys(s.relations) {
		r := s.relations[name]
		if !strings.EqualFold(r.Table, local.table) || r.override {
			continue
		}
		for _, column := range sortedKeys(r.Columns) {
			definition := r.Columns[column]
			coded := definition.As == "code" || definition.As == "team"
			if !coded || !slices.Contains(definition.From, strings.ToLower(local.column)) {
				continue
			}
			changed := *r
			changed.Columns = maps.Clone(r.Columns)
			definition.localCodes = s.codesOf(definition)
			definition.localCodes.removeMapping(local.raw)
			definition.localCodes[local.code] = append(definition.localCodes[local.code], local.raw)
			changed.Columns[column] = definition
			s.relations[name], r, added = &changed, &changed, true
		}
	}
	return added
}

// codesOf is a copy of the words that a column knows.
func (s *Staging) codesOf(definition column) codeSet {
	known := definition.localCodes
	if known == nil && definition.As == "code" {
		known = s.codes[definition.Codes]
	}
	words := codeSet{}
	for code, written := range known {
		words[code] = slices.Clone(written)
	}
	if known == nil {
		for written, name := range s.teams {
			words[name] = append(words[name], written)
		}
	}
	return words
}
