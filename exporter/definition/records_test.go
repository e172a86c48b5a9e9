package definition_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// recordsAgree compares every value, in all and for each team, with the rows
// that are listed as standing behind it.
func recordsAgree(t *testing.T, db *sqlx.DB, loaded *definition.Catalogue, populations definition.Populations) {
	t.Helper()
	indicator := loaded.Indicators()[0]
	periods := seen(t, loaded, asOf())
	answer, err := ask(t, db, loaded, periods)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range periods {
		for _, reading := range answer.Observations(p, populations) {
			if reading.By != "" && reading.By != "team" {
				continue
			}
			arguments := definition.Arguments(england(t), []calendar.Period{p})
			if reading.By == "team" {
				arguments = append(arguments, reading.Labels[0])
			}
			statement, err := loaded.CompileRecords(indicator, "", reading.By == "team")
			if err != nil {
				t.Fatal(err)
			}
			listed := list(t, db, statement, arguments)
			switch indicator.Measure.Kind {
			case definition.Rate:
				if indicator.Measure.PerAmount.Sum {
					equal(t, reading, added(t, listed, "counted"), reading.Rows)
					equal(t, reading, added(t, listed, "counted")/added(t, listed, "among")*indicator.Measure.Per, *reading.Value)
					continue
				}
				equal(t, reading, float64(len(listed)), reading.Rows)
			case definition.Count:
				equal(t, reading, float64(len(listed)), reading.Rows)
			case definition.Sum:
				equal(t, reading, added(t, listed, "amount"), *reading.Value)
			case definition.Mean, definition.Median, definition.Max:
				equal(t, reading, float64(len(listed)), reading.Rows)
			case definition.Ratio:
				equal(t, reading, counted(t, listed, "numerator", indicator.Measure.Numerator), *reading.Numerator)
				equal(t, reading, counted(t, listed, "denominator", indicator.Measure.Denominator), *reading.Denominator)
			case definition.Bands:
				rows := 0.0
				for _, row := range listed {
					for band := range strings.SplitSeq(row[indicator.Measure.BandLabel], definition.BandSeparator) {
						if band == reading.Labels[len(reading.Labels)-1] {
							rows++
						}
					}
				}
				equal(t, reading, rows, *reading.Value)
			}
		}
	}
}

func equal(t *testing.T, reading definition.Observation, records, metric float64) {
	t.Helper()
	if records != metric {
		t.Errorf("%s by %q %v in %s: records give %v, the metric %v", reading.Indicator.Name, reading.By, reading.Labels, reading.Period.Kind, records, metric)
	}
}

// counted is a part of a ratio from its records: a sum of amounts, the flagged
// rows, or for a counted denominator every row.
func counted(t *testing.T, listed []map[string]string, column string, part definition.Expression) float64 {
	t.Helper()
	if part.Sum {
		return added(t, listed, column)
	}
	rows := 0.0
	for _, row := range listed {
		if column == "denominator" || row[column] == "true" {
			rows++
		}
	}
	return rows
}

func added(t *testing.T, listed []map[string]string, column string) float64 {
	t.Helper()
	sum := 0.0
	for _, row := range listed {
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

func list(t *testing.T, db *sqlx.DB, statement definition.Records, arguments []any) []map[string]string {
	t.Helper()
	rows, err := db.Queryx(statement.SQL, arguments...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var listed []map[string]string
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
		listed = append(listed, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return listed
}
