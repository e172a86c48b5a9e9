package staging

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// relationSQL writes a relation as a common table expression over its table, with
// the wanted columns only: a login may hold rights to no more than these. It is
// materialized, or every comparison of a join would clean its values anew, unless
// the table is too big for that.
func (s *Staging) relationSQL(r *relation, schema *Schema, located map[string]locatedColumn) string {
	if r.Table == "" || r.override {
		return r.name + " as (\n" + indent(r.sql, "    ") + "\n)"
	}
	var raw, clean, joins []string
	names := slices.Sorted(maps.Keys(located))
	for _, name := range names {
		c, at := r.Columns[name], located[name]
		if at.lookup != nil {
			raw = append(raw, s.columnSQL(c, at)+" as "+name+"_key")
			clean = append(clean, name+"_lookup."+name)
			joins = append(joins, at.lookup.joinSQL(name))
			continue
		}
		raw = append(raw, s.columnSQL(c, at)+" as "+name)
		clean = append(clean, withoutSentinels(c, name, at))
	}
	if len(raw) == 0 {
		raw, clean = []string{"true as present"}, []string{"present"}
	}
	from := "(values (0)) as no_table where false"
	if table := schema.tables[r.Table]; table != nil {
		from = table.Name
	}
	selected := fmt.Sprintf("select %s\n    from (\n        select %s\n        from %s\n    ) as source_row%s",
		strings.Join(clean, ", "), strings.Join(raw, ",\n               "), from, strings.Join(joins, ""))
	if r.Unique != "" {
		selected = r.dedupe(names, selected)
	}
	materialized := "materialized"
	if r.Inline {
		materialized = "not materialized"
	}
	return r.name + " as " + materialized + " (\n    " + selected + "\n)"
}

// dedupe makes one row of those that share the unique id. Where they differ the
// lowest value stands, the same every time.
func (r *relation) dedupe(columns []string, selected string) string {
	aggregates := make([]string, len(columns))
	for i, name := range columns {
		switch {
		case name == r.Unique:
			aggregates[i] = name
		case r.Columns[name].As == "flag":
			aggregates[i] = "bool_or(" + name + ") as " + name
		default:
			aggregates[i] = "min(" + name + ") as " + name
		}
	}
	return fmt.Sprintf("select %s\n    from (\n    %s\n    ) as loaded\n    where %s is not null\n    group by %s",
		strings.Join(aggregates, ", "), indent(selected, "    "), r.Unique, r.Unique)
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

// withoutSentinels drops values that mean "no value": the dates 1900-01-01 and
// 9999-12-31, with a margin for systems that add or lose a day, and the numbers
// -1 and 999.9.
func withoutSentinels(c column, name string, at locatedColumn) string {
	switch c.As {
	case "date", "month":
		return fmt.Sprintf("case when %[1]s between date '1900-01-03' and date '2099-12-31' then %[1]s end as %[1]s", name)
	case "timestamp":
		return fmt.Sprintf("case when %[1]s >= date '1900-01-03' and %[1]s < date '2100-01-01' then %[1]s end as %[1]s", name)
	case "number":
		if isWhole(at.source.dataType) {
			return fmt.Sprintf("case when %[1]s <> -1 then %[1]s end as %[1]s", name)
		}
		return fmt.Sprintf("case when %[1]s > '-infinity' and %[1]s < 'infinity' and %[1]s <> -1 and abs(%[1]s - 999.9) > 0.001 then %[1]s end as %[1]s", name)
	}
	return name
}

// columnSQL casts a source column to the type of its staging column. It gives NULL,
// and never an error, for a value that cannot be cast.
func (s *Staging) columnSQL(c column, at locatedColumn) string {
	if at.absent {
		return absentSQL(c)
	}
	text := "btrim(" + at.source.name + "::text)"
	if c.As != "id" && !isNumber(at.source.dataType) {
		text = plainBlanks(at.source.name + "::text")
	}
	switch c.As {
	case "id":
		if isWhole(at.source.dataType) {
			return "nullif(nullif(" + at.source.name + ", 0), -1)::text"
		}
		return idSQL(text)
	case "team":
		return s.teamName(c, text)
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
		if isNumber(at.source.dataType) {
			return at.source.name + "::float8"
		}
		return "case when " + text + " ~ '^-?[0-9]{1,15}([.][0-9]+)?$' then " + text + "::float8 end"
	case "code":
		return s.codeSQL(c, text)
	case "codes":
		return s.codesInText(c, at.source.name+"::text")
	case "json_flag":
		return jsonFlag(c.Keys, at.source.name+"::text")
	default:
		return "nullif(" + text + ", '')"
	}
}

// plainBlanks turns the blanks that a spreadsheet writes between words into ordinary ones: two teams that look alike on a
// screen are one team.
func plainBlanks(text string) string {
	return "btrim(replace(" + text + ", '\u00a0', ' '))"
}

func absentSQL(c column) string {
	switch c.As {
	case "date", "month":
		return "null::date"
	case "timestamp":
		return "null::timestamp"
	case "flag", "json_flag":
		return "null::boolean"
	case "number":
		return "null::float8"
	case "codes":
		return "null::text[]"
	}
	return "null::text"
}

// idSQL drops the placeholders that builds write in the place of an id.
func idSQL(text string) string {
	return "nullif(nullif(nullif(nullif(" + text + ", ''), 'SSD_PH'), '0'), '-1')"
}

// isWhole is true of types that hold neither fractions nor infinities, nor blanks.
func isWhole(dataType string) bool {
	return slices.Contains([]string{"int2", "int4", "int8"}, dataType)
}

func isNumber(dataType string) bool {
	return slices.Contains([]string{"int2", "int4", "int8", "numeric", "float4", "float8"}, dataType)
}
