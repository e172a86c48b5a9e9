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

// localWord is one row of it.
type localWord struct{ table, column, word, code string }

// readCodeMap reads the table, if the council has it, and gives the staging in
// which its words are known. A refresh can empty it like any other table, and a
// guard looks at it like at any other.
func (r *Session) readCodeMap(ctx context.Context, staging *Staging, shape *Schema) (*Staging, error) {
	table := shape.tables[codeMap]
	if table == nil || table.rival != "" {
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
	var words []localWord
	var node sql.NullInt64
	fault, err := r.attempt(ctx, func() error {
		rows, err := r.tx.QueryxContext(ctx, "select "+strings.Join(columns, ", ")+" from "+table.name)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var one localWord
			if err := rows.Scan(&one.table, &one.column, &one.word, &one.code); err != nil {
				return err
			}
			words = append(words, one)
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
	case refreshing(fault) != nil:
		return nil, refreshing(fault)
	default:
		return nil, fmt.Errorf("%s: table %s cannot be read: %w", r.source, codeMap, fault)
	}
	r.needed = append(r.needed, int64(table.oid))
	r.words = words
	own, unused := staging.withWords(words)
	r.Tables = append(r.Tables, TableStats{
		Relation: codeMap, Filenode: uint32(node.Int64), Rows: int64(len(words)), MayBeEmpty: true,
		Checks: map[string]int64{codeMap + " of no column that is mapped": unused},
	})
	return own, nil
}

// WithLocalCodes gives another staging of the source the words of the council's own table;
// without such words it stays the same.
func (r *Session) WithLocalCodes(staging *Staging) *Staging {
	if len(r.words) == 0 {
		return staging
	}
	own, _ := staging.withWords(r.words)
	return own
}

// withWords is the staging in which a council's words mean what it says they do,
// and the number of words for columns that nothing maps.
func (s *Staging) withWords(words []localWord) (own *Staging, unused int64) {
	copied := *s
	own = &copied
	own.relations = maps.Clone(s.relations)
	for _, one := range words {
		if one.word == "" || one.code == "" || !own.learn(one) {
			unused++
		}
	}
	return own, unused
}

// learn takes one word, and reports whether any relation reads its column.
func (s *Staging) learn(one localWord) bool {
	learnt := false
	for _, name := range sortedKeys(s.relations) {
		r := s.relations[name]
		if !strings.EqualFold(r.Table, one.table) || r.override {
			continue
		}
		for _, column := range sortedKeys(r.Columns) {
			definition := r.Columns[column]
			coded := definition.As == "code" || definition.As == "team"
			if !coded || !slices.Contains(definition.From, strings.ToLower(one.column)) {
				continue
			}
			changed := *r
			changed.Columns = maps.Clone(r.Columns)
			definition.words = s.wordsOf(definition)
			definition.words.forget(one.word)
			definition.words[one.code] = append(definition.words[one.code], one.word)
			changed.Columns[column] = definition
			s.relations[name], r, learnt = &changed, &changed, true
		}
	}
	return learnt
}

// wordsOf is a copy of the words that a column knows.
func (s *Staging) wordsOf(definition column) codeSet {
	known := definition.words
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
