package query_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
)

// checkRecords compares every value, in all and for each team, with the rows
// that are listed as standing behind it.
func checkRecords(t *testing.T, db *sqlx.DB, catalogue *definition.Catalogue) {
	t.Helper()
	indicator := catalogue.Indicators()[0]
	periods := periodsOf(t, catalogue, asOf())
	result, err := runStatement(t, db, catalogue, periods)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range periods {
		for _, observation := range result.Observations(p) {
			if observation.By != "" && observation.By != "team" {
				continue
			}
			arguments := query.Arguments(england(t), []calendar.Period{p})
			if observation.By == "team" {
				arguments = append(arguments, observation.Labels[0])
			}
			statement, err := query.CompileRecords(catalogue, indicator, query.RecordOptions{ByTeam: observation.By == "team"})
			if err != nil {
				t.Fatal(err)
			}
			records := queryRecords(t, db, statement, arguments)
			switch indicator.Measure.Kind {
			case definition.Rate:
				if indicator.Measure.RateDenominator.Sum {
					checkEqual(t, observation, sumColumn(t, records, "numerator"), observation.Rows)
					checkEqual(t, observation, sumColumn(t, records, "numerator")/sumColumn(t, records, "denominator")*indicator.Measure.Per, *observation.Value)
					continue
				}
				checkEqual(t, observation, float64(len(records)), observation.Rows)
			case definition.Count:
				checkEqual(t, observation, float64(len(records)), observation.Rows)
			case definition.Sum:
				checkEqual(t, observation, sumColumn(t, records, "amount"), *observation.Value)
			case definition.Mean, definition.Median, definition.Max:
				checkEqual(t, observation, float64(len(records)), observation.Rows)
			case definition.Ratio:
				checkEqual(t, observation, partFromRecords(t, records, "numerator", indicator.Measure.Numerator), *observation.Numerator)
				checkEqual(t, observation, partFromRecords(t, records, "denominator", indicator.Measure.Denominator), *observation.Denominator)
			case definition.Bands:
				rows := 0.0
				for _, row := range records {
					for band := range strings.SplitSeq(row[indicator.Measure.BandLabel], query.BandSeparator) {
						if band == observation.Labels[len(observation.Labels)-1] {
							rows++
						}
					}
				}
				checkEqual(t, observation, rows, *observation.Value)
			}
		}
	}
}

func checkEqual(t *testing.T, observation definition.Observation, records, metric float64) {
	t.Helper()
	if records != metric {
		t.Errorf("%s by %q %v in %s: records give %v, the metric %v", observation.Indicator.Name, observation.By, observation.Labels, observation.Period.Kind, records, metric)
	}
}

// partFromRecords is a part of a ratio from its records: a sum of amounts, the flagged
// rows, or for a counted denominator every row.
func partFromRecords(t *testing.T, records []map[string]string, column string, part definition.Expression) float64 {
	t.Helper()
	if part.Sum {
		return sumColumn(t, records, column)
	}
	rows := 0.0
	for _, row := range records {
		if column == "denominator" || row[column] == "true" {
			rows++
		}
	}
	return rows
}

func sumColumn(t *testing.T, records []map[string]string, column string) float64 {
	t.Helper()
	sum := 0.0
	for _, row := range records {
		if row[column] == "" {
			continue
		}
		amount, err := strconv.ParseFloat(row[column], 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += amount
	}
	return sum
}

func queryRecords(t *testing.T, db *sqlx.DB, statement query.Records, arguments []any) []map[string]string {
	t.Helper()
	rows, err := db.Queryx(statement.SQL, arguments...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var records []map[string]string
	for rows.Next() {
		values, err := rows.SliceScan()
		if err != nil {
			t.Fatal(err)
		}
		row := map[string]string{}
		for i, value := range values {
			if text, ok := value.(string); ok {
				row[statement.Columns[i]] = text
			}
		}
		records = append(records, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return records
}
