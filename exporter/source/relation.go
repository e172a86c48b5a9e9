package source

import (
	"fmt"
	"slices"
	"strings"
)

// located tells where a staging column is found in a real table.
type locatedColumn struct {
	source tableColumn
	absent bool
	// lookup is set where source is the id by which another relation is asked.
	lookup *lookup
}

// locate finds the source of each wanted column of a mapped relation. Missing
// says what a council has to do when a required one is not there.
func (r *relation) locate(schema *Schema, wanted []string) (located map[string]locatedColumn, missing string) {
	table := schema.tables[r.Table]
	if table == nil && !r.Optional {
		return nil, "table " + r.Table + " is missing"
	}
	if table != nil && table.ambiguousWith != "" {
		return nil, "table " + r.Table + " could be " + table.name + " or " + table.ambiguousWith + "; choose with schema and prefix in the settings"
	}
	located = map[string]locatedColumn{}
	if table == nil {
		for _, name := range wanted {
			located[name] = locatedColumn{absent: true}
		}
		return located, ""
	}
	for _, name := range wanted {
		column := r.Columns[name]
		if at, ok := table.firstOf(column.From); ok {
			located[name] = locatedColumn{source: at}
			continue
		}
		if at, ok := table.lookupKey(column); ok {
			located[name] = locatedColumn{source: at, lookup: column.Lookup}
			continue
		}
		if !column.Optional {
			for _, source := range column.From {
				if table.unreadable[source] {
					return nil, "no right to read column " + r.Table + "." + source
				}
			}
			return nil, "column " + r.Table + "." + column.From[0] + " is missing"
		}
		located[name] = locatedColumn{absent: true}
	}
	return located, r.missingOneOf(located)
}

// missingOneOf names a wanted column of a group that has none in the table.
func (r *relation) missingOneOf(located map[string]locatedColumn) (missing string) {
	for _, group := range r.OneOf {
		wanted, present := "", false
		for _, name := range group {
			if at, ok := located[name]; ok {
				wanted, present = name, present || !at.absent
			}
		}
		if wanted != "" && !present {
			return "column " + r.Table + "." + r.Columns[wanted].From[0] + " is missing"
		}
	}
	return ""
}

// relationSQL writes the relation as a common table expression over its table, with the
// wanted columns only: a login may hold rights to no more than these. It is
// materialized, or every comparison of a join would clean its values anew, unless it is too big to be kept.
func (s *Staging) relationSQL(r *relation, schema *Schema, located map[string]locatedColumn) string {
	if r.Table == "" || r.override {
		return r.name + " as (\n" + indent(r.sql, "    ") + "\n)"
	}
	var raw, clean, joins []string
	for _, name := range sortedKeys(located) {
		column, at := r.Columns[name], located[name]
		if at.lookup != nil {
			raw = append(raw, s.expression(column, at)+" as "+name+"_key")
			clean = append(clean, name+"_found."+name)
			joins = append(joins, at.lookup.joinSQL(name))
			continue
		}
		raw = append(raw, s.expression(column, at)+" as "+name)
		clean = append(clean, withoutSentinels(column, name, at))
	}
	if len(raw) == 0 {
		raw, clean = []string{"true as present"}, []string{"present"}
	}
	from := "(values (0)) as no_table where false"
	if table := schema.tables[r.Table]; table != nil {
		from = table.name
	}
	selected := fmt.Sprintf("select %s\n    from (\n        select %s\n        from %s\n    ) as source_row%s",
		strings.Join(clean, ", "), strings.Join(raw, ",\n               "), from, strings.Join(joins, ""))
	if r.Unique != "" {
		selected = r.dedupe(sortedKeys(located), selected)
	}
	materialized := "materialized"
	if r.Inline {
		materialized = "not materialized"
	}
	return r.name + " as " + materialized + " (\n    " + selected + "\n)"
}

// dedupe makes one row of those that share the id by which others find them. Of
// what they say differently the lowest stands, the same every time.
func (r *relation) dedupe(columns []string, selected string) string {
	selected2 := make([]string, len(columns))
	for i, name := range columns {
		switch {
		case name == r.Unique:
			selected2[i] = name
		case r.Columns[name].As == "flag":
			selected2[i] = "bool_or(" + name + ") as " + name
		default:
			selected2[i] = "min(" + name + ") as " + name
		}
	}
	return fmt.Sprintf("select %s\n    from (\n    %s\n    ) as loaded\n    where %s is not null\n    group by %s",
		strings.Join(selected2, ", "), indent(selected, "    "), r.Unique, r.Unique)
}

func indent(text, by string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = by + line
		}
	}
	return strings.Join(lines, "\n")
}

// withoutSentinels drops what stands for no value: the dates 1900-01-01 and
// 9999-12-31, with a margin for systems that add or lose a day, and the numbers
// -1 and 999.9.
func withoutSentinels(column column, name string, at locatedColumn) string {
	switch column.As {
	case "date", "month":
		return fmt.Sprintf("case when %[1]s between date '1900-01-03' and date '2099-12-31' then %[1]s end as %[1]s", name)
	case "timestamp":
		return fmt.Sprintf("case when %[1]s >= date '1900-01-03' and %[1]s < date '2100-01-01' then %[1]s end as %[1]s", name)
	case "number":
		if isWhole(at.source.kind) {
			return fmt.Sprintf("case when %[1]s <> -1 then %[1]s end as %[1]s", name)
		}
		return fmt.Sprintf("case when %[1]s > '-infinity' and %[1]s < 'infinity' and %[1]s <> -1 and abs(%[1]s - 999.9) > 0.001 then %[1]s end as %[1]s", name)
	}
	return name
}

func (s *Staging) expression(column column, at locatedColumn) string {
	if at.absent {
		kinds := map[string]string{
			"date": "date", "month": "date", "timestamp": "timestamp", "flag": "boolean", "json_flag": "boolean", "number": "float8", "codes": "text[]",
		}
		kind := kinds[column.As]
		if kind == "" {
			kind = "text"
		}
		return "null::" + kind
	}
	text := "btrim(" + at.source.name + "::text)"
	switch column.As {
	case "id":
		if isWhole(at.source.kind) {
			return "nullif(nullif(" + at.source.name + ", 0), -1)::text"
		}
		return "nullif(nullif(nullif(nullif(" + text + ", ''), 'SSD_PH'), '0'), '-1')"
	case "team":
		return s.teamName(column, text)
	case "date":
		return s.date(at.source)
	case "month":
		return s.month(at.source)
	case "timestamp":
		return s.timestamp(at.source)
	case "flag":
		return "case when lower(" + text + ") in ('y', 'yes', '1', 'true', 't') then true" +
			" when lower(" + text + ") in ('n', 'no', '0', 'false', 'f') then false end"
	case "number":
		if isNumber(at.source.kind) {
			return at.source.name + "::float8"
		}
		return "case when " + text + " ~ '^-?[0-9]{1,15}([.][0-9]+)?$' then " + text + "::float8 end"
	case "code":
		return s.codeSQL(column, text)
	case "codes":
		return s.codesInText(column, at.source.name+"::text")
	case "json_flag":
		return jsonFlag(column.Keys, at.source.name+"::text")
	default:
		return "nullif(" + text + ", '')"
	}
}

// codeSQL maps what a source writes, code or description in any case, to one code
// set. An asterisk in a word stands for any run of characters; exact words go
// first. What the set does not know becomes NULL and is counted.
func (s *Staging) codeSQL(column column, text string) string {
	set := s.codes[column.Codes]
	if column.localCodes != nil {
		set = column.localCodes
	}
	word := "lower(" + text + ")"
	exact, patterns := "", ""
	known := map[string]bool{}
	for _, code := range sortedKeys(set) {
		for _, written := range append([]string{code}, set[code]...) {
			written = strings.ToLower(written)
			if known[written] {
				continue
			}
			known[written] = true
			if strings.Contains(written, "*") {
				patterns += "\n                    when " + word + " like " + quoteLiteral(likePattern(written)) + " then " + quoteLiteral(code)
			} else {
				exact += "\n                    when " + quoteLiteral(written) + " then " + quoteLiteral(code)
			}
		}
	}
	if patterns != "" {
		patterns = " else case" + patterns + " end"
	}
	// The short form of case works the word out once, not once per word it knows.
	return "case " + word + exact + patterns + " end"
}

func likePattern(word string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`, "*", "%").Replace(word)
}

// teamName gives a team the name that the council's settings choose for its id or
// name; a placeholder is no team.
func (s *Staging) teamName(column column, text string) string {
	team := "nullif(nullif(nullif(nullif(" + text + ", ''), 'SSD_PH'), '0'), '-1')"
	names := s.teams
	if column.localCodes != nil {
		names = map[string]string{}
		for name, written := range column.localCodes {
			for _, own := range written {
				names[own] = name
			}
		}
	}
	if len(names) == 0 {
		return team
	}
	var branches strings.Builder
	for _, own := range sortedKeys(names) {
		branches.WriteString(" when " + text + " = " + quoteLiteral(own) + " then " + quoteLiteral(names[own]))
	}
	return "case" + branches.String() + " else " + team + " end"
}

func quoteLiteral(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// isWhole is true of types that hold neither fractions nor infinities, nor blanks.
func isWhole(kind string) bool {
	return slices.Contains([]string{"int2", "int4", "int8"}, kind)
}

func isNumber(kind string) bool {
	return slices.Contains([]string{"int2", "int4", "int8", "numeric", "float4", "float8"}, kind)
}
