package query_test

import (
	"database/sql"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jmoiron/sqlx"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/definition/query"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// meetingsYAML is a cohort of events over two windows. Its one indicator is
// filled in by each test.
const meetingsYAML = `cohort: Meetings
row: a meeting
source: social_care
windows: [month, rolling_12m]
grain: [meeting_id]
columns:
  meeting_id: the meeting
  team: the team
  held: day it was held
  score: points
  hours: how long it took
  urgent: whether it was urgent
breakdowns: [team]
indicators:
  - name: childrens_meetings
    id: 1
    title: Meetings
    unit: count
    better: neither
    target: none - an example
    public: none
    definition: Meetings held in the window.
    law: none
    version: 1
`

// meetingsSQL holds six meetings. Seen from 15 April 2026 the last month has a,
// b and c, the rolling year all of them.
const meetingsSQL = `
-- A row is a meeting held in the window.
select period.kind, period.ends, meeting.*
from period
join (values ('a', 'North', date '2026-03-02', 4,    2.0::float8, true),
             ('b', 'North', date '2026-03-09', 0,    4.0,         false),
             ('c', ' ',     date '2026-03-31', null, 1.5,         null),
             ('d', null,    date '2026-02-10', 10,   null,        true),
             ('e', 'South', date '2026-04-01', 7,    3.0,         true),
             ('f', 'South', date '2026-01-05', 100,  null,        false)
     ) as meeting (meeting_id, team, held, score, hours, urgent)
  on meeting.held between period.starts and period.ends`

func meetings(t testing.TB, measure string) fstest.MapFS {
	t.Helper()
	return layer("meetings.yaml", replaceOnce(t, meetingsYAML, "    better: neither", "    "+measure+"\n    better: neither"), "meetings.sql", meetingsSQL)
}

// england is the calendar of England without a council's own holidays.
func england(t testing.TB) *calendar.Calendar {
	t.Helper()
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// database connects to an empty database.
func database(t testing.TB) *sqlx.DB {
	t.Helper()
	db, err := sqlx.Open("postgres", pgtest.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// runStatement runs the statement of a catalogue's only cohort.
func runStatement(t testing.TB, db *sqlx.DB, catalogue *definition.Catalogue, periods []calendar.Period) (*query.Result, error) {
	t.Helper()
	statement := query.Compile(catalogue, catalogue.Cohorts[0], "")
	rows, err := db.Query(statement.SQL, query.Arguments(england(t), periods)...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	labels, values := statement.Columns()
	var results []query.Row
	for rows.Next() {
		row := query.Row{Labels: make([]string, labels), Values: make([]*float64, values)}
		into := []any{&row.Kind, &row.Ends, &row.Grouping}
		nullable := make([]sql.NullString, labels)
		for i := range nullable {
			into = append(into, &nullable[i])
		}
		for i := range row.Values {
			into = append(into, &row.Values[i])
		}
		if err := rows.Scan(append(into, &row.Rows, &row.Repeated)...); err != nil {
			t.Fatal(err)
		}
		for i := range nullable {
			row.Labels[i] = nullable[i].String
		}
		results = append(results, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return query.NewResult(statement, results)
}

// periodsOf gives the periods of every window of the only cohort.
func periodsOf(t testing.TB, catalogue *definition.Catalogue, asOf time.Time) []calendar.Period {
	t.Helper()
	var periods []calendar.Period
	for _, kind := range catalogue.Cohorts[0].Windows {
		periods = append(periods, england(t).At(kind, asOf))
	}
	return periods
}

// samples gives every sample as "family,label values" to its value, rounded to
// six decimals.
func samples(t testing.TB, db *sqlx.DB, catalogue *definition.Catalogue, asOf time.Time) map[string]float64 {
	t.Helper()
	periods := periodsOf(t, catalogue, asOf)
	result, err := runStatement(t, db, catalogue, periods)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, p := range periods {
		for _, observation := range result.Observations(p) {
			for _, sample := range observation.Samples() {
				key := strings.Join(append([]string{sample.Family.Name}, sample.Labels...), ",")
				if _, duplicate := values[key]; duplicate {
					t.Errorf("%s twice", key)
				}
				values[key] = math.Round(sample.Value*1e6) / 1e6
			}
		}
	}
	return values
}
