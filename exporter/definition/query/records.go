package query

import (
	"fmt"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
)

// Records is the statement that lists the rows behind one indicator: the same
// cohort, with a flag for what the indicator counts. Its parameters are those of
// a Statement and, with RecordOptions.ByTeam, the team as $8.
type Records struct {
	SQL string
	// Columns are those of the cohort, then the flags.
	Columns []string
}

// BandSeparator separates the bands of a record that is in several.
const BandSeparator = "; "

// RecordOptions are the relations that the cohort's SQL reads, as in Compile, and
// whether the statement asks for one team, its parameter $8.
type RecordOptions struct {
	Relations string
	ByTeam    bool
}

// CompileRecords writes the statement for rows of an indicator. Only rows that
// the indicator rests on are listed.
func CompileRecords(catalogue *definition.Catalogue, indicator *definition.Indicator, options RecordOptions) (Records, error) {
	cohort := indicator.Cohort
	columns := cohort.ColumnNames()
	if options.ByTeam && !slices.Contains(columns, "team") {
		return Records{}, fmt.Errorf("%s is not split by team; leave -team out", indicator.Name)
	}
	measure := indicator.Measure
	if measure.Kind == definition.Bands {
		// The band replaces the column of its name: two columns of a name are ambiguous.
		columns = slices.DeleteFunc(columns, func(column string) bool { return column == measure.BandLabel })
	}
	selected := make([]string, 0, len(columns)+2)
	for _, column := range columns {
		selected = append(selected, column+"::text")
	}
	condition := indicator.Filter.SQL
	if options.ByTeam && ignoresFilterByTeam(indicator) {
		condition = "true"
	}
	switch measure.Kind {
	case definition.Rate:
		if measure.RateDenominator.Sum {
			condition = allOf(condition, denominatorFilter(measure.RateDenominator))
			selected = append(selected, "("+measure.Of.SQL+")::text", "("+measure.RateDenominator.SQL+")::text")
			columns = append(columns, "numerator", "denominator")
			break
		}
		condition = allOf(condition, measure.Of.SQL)
		selected, columns = append(selected, "'true'"), append(columns, "counted")
	case definition.Count:
		condition = allOf(condition, measure.Of.SQL)
		selected, columns = append(selected, "'true'"), append(columns, "counted")
	case definition.Ratio:
		condition = allOf(condition, denominatorFilter(measure.Denominator))
		numerator := "(" + measure.Numerator.SQL + ")::text"
		if !measure.Numerator.Sum {
			numerator = "coalesce(" + measure.Numerator.SQL + ", false)::text"
		}
		selected, columns = append(selected, numerator), append(columns, "numerator")
		if measure.Denominator.Sum {
			selected, columns = append(selected, "("+measure.Denominator.SQL+")::text"), append(columns, "denominator")
		}
	case definition.Sum, definition.Mean, definition.Median, definition.Max:
		condition = allOf(condition, "("+measure.Of.SQL+") is not null")
		selected, columns = append(selected, "("+measure.Of.SQL+")::text"), append(columns, "amount")
	case definition.Bands:
		var names, conditions []string
		for _, band := range measure.Bands {
			names = append(names, "case when "+band.When.SQL+" then '"+strings.ReplaceAll(band.Name, "'", "''")+"' end")
			conditions = append(conditions, band.When.SQL)
		}
		// A row may meet several conditions, and counts in each.
		condition = allOf(condition, "("+strings.Join(conditions, " or ")+")")
		selected = append(selected, "concat_ws('"+BandSeparator+"', "+strings.Join(names, ", ")+")")
		columns = append(columns, measure.BandLabel)
	}
	if options.ByTeam {
		condition = allOf(condition, "coalesce(nullif(btrim(team::text), ''), 'unknown') = $8")
	}
	return Records{
		SQL: fmt.Sprintf("%s\nselect %s\nfrom cohort\nwhere %s\norder by %s", withClause(catalogue, cohort, options.Relations),
			strings.Join(selected, ",\n       "), condition, strings.Join(cohort.Grain, ", ")),
		Columns: columns,
	}, nil
}

// ignoresFilterByTeam reports whether the breakdown by team drops the indicator's
// condition, so that a team's records have to as well.
func ignoresFilterByTeam(indicator *definition.Indicator) bool {
	return slices.ContainsFunc(indicator.Breakdowns, func(b definition.Breakdown) bool { return b.IgnoreFilter && slices.Equal(b.Labels, []string{"team"}) })
}
