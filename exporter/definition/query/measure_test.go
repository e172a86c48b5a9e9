package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition/query"
)

func asOf() time.Time { return calendar.Date(2026, time.April, 15) }

// expectedValues maps a family, the part of its name after the indicator and its label
// values, to the value.
type expectedValues map[string]float64

func TestEveryMeasure(t *testing.T) {
	populations := config.Populations{"children": {2024: 500, 2026: 1000, 2027: 9999}}
	tests := []struct {
		name, measure string
		// Values are those of the family childrens_meetings, without its name.
		month, year expectedValues
	}{
		{"count of all", "count: all",
			expectedValues{"": 3, "_by_team,North": 2, "_by_team,unknown": 1},
			expectedValues{"": 6, "_by_team,North": 2, "_by_team,South": 2, "_by_team,unknown": 2}},
		{"count of a condition, NULL is not met", "count: urgent",
			expectedValues{"": 1, "_by_team,North": 1, "_by_team,unknown": 0},
			expectedValues{"": 3, "_by_team,North": 1, "_by_team,South": 1, "_by_team,unknown": 1}},
		{"count where", "count: urgent\n    where: score > 5",
			expectedValues{"": 0, "_by_team,North": 0, "_by_team,unknown": 0},
			expectedValues{"": 2, "_by_team,North": 0, "_by_team,South": 1, "_by_team,unknown": 1}},
		{"ratio of counts, the numerator inside the denominator", "numerator: urgent\n    denominator: score <= 10\n    breakdowns: []",
			expectedValues{"": 0.5, "_numerator": 1, "_denominator": 2},
			expectedValues{"": 0.75, "_numerator": 3, "_denominator": 4}},
		{"ratio by team, none where the denominator is 0", "numerator: urgent\n    denominator: score is not null\n    breakdown_only: true",
			expectedValues{"_by_team,North": 0.5, "_numerator_by_team,North": 1, "_denominator_by_team,North": 2,
				"_numerator_by_team,unknown": 0, "_denominator_by_team,unknown": 0},
			expectedValues{"_by_team,North": 0.5, "_numerator_by_team,North": 1, "_denominator_by_team,North": 2,
				"_by_team,South": 0.5, "_numerator_by_team,South": 1, "_denominator_by_team,South": 2,
				"_by_team,unknown": 1, "_numerator_by_team,unknown": 1, "_denominator_by_team,unknown": 1}},
		// f has a score and no hours: it is outside the denominator.
		{"ratio of sums where", "numerator: sum(score)\n    denominator: sum(hours)\n    where: team is not null\n    breakdowns: []",
			expectedValues{"": 0.533333, "_numerator": 4, "_denominator": 7.5},
			expectedValues{"": 1.047619, "_numerator": 11, "_denominator": 10.5}},
		{"sum in a count", "numerator: sum(hours)\n    denominator: urgent\n    breakdowns: []",
			expectedValues{"": 2, "_numerator": 2, "_denominator": 1},
			expectedValues{"": 1.666667, "_numerator": 5, "_denominator": 3}},
		{"count in a sum", "numerator: urgent\n    denominator: sum(hours)\n    breakdowns: []",
			expectedValues{"": 0.133333, "_numerator": 1, "_denominator": 7.5},
			expectedValues{"": 0.190476, "_numerator": 2, "_denominator": 10.5}},
		{"rate on the population of the year", "rate: {of: all, per: 1000, population: children}",
			expectedValues{"": 3}, expectedValues{"": 6}},
		// The hours of d and f are not known: they are in neither sum.
		{"rate on the hours of the rows", "rate: {of: sum(score), per: 100, denominator: sum(hours)}",
			expectedValues{"": 53.333333, "_by_team,North": 66.666667, "_by_team,unknown": 0},
			expectedValues{"": 104.761905, "_by_team,North": 66.666667, "_by_team,South": 233.333333, "_by_team,unknown": 0}},
		{"sum", "sum: hours",
			expectedValues{"": 7.5, "_by_team,North": 6, "_by_team,unknown": 1.5},
			expectedValues{"": 10.5, "_by_team,North": 6, "_by_team,South": 3, "_by_team,unknown": 1.5}},
		{"mean of what is known", "mean: score",
			expectedValues{"": 2, "_by_team,North": 2},
			expectedValues{"": 24.2, "_by_team,North": 2, "_by_team,South": 53.5, "_by_team,unknown": 10}},
		{"median", "median: score\n    breakdowns: []", expectedValues{"": 2}, expectedValues{"": 7}},
		{"max", "max: score\n    breakdowns: []", expectedValues{"": 4}, expectedValues{"": 100}},
		{"bands over an amount", "bands: {label: points, of: score, bands: [{name: none, up_to: 0}, {name: few, up_to: 4}, {name: many}]}\n    breakdowns: []",
			expectedValues{",none": 1, ",few": 1, ",many": 0},
			expectedValues{",none": 1, ",few": 1, ",many": 3}},
		{"bands by team", "bands: {label: points, of: score, bands: [{name: few, up_to: 4}]}\n    breakdown_only: true",
			expectedValues{"_by_team,North,few": 2, "_by_team,unknown,few": 0},
			expectedValues{"_by_team,North,few": 2, "_by_team,South,few": 0, "_by_team,unknown,few": 0}},
		{"bands by conditions that overlap", "bands: {label: sort, bands: [{name: urgent, when: urgent}, {name: long, when: hours >= 2}]}\n    breakdowns: []",
			expectedValues{",urgent": 1, ",long": 2},
			expectedValues{",urgent": 3, ",long": 3}},
		{"two labels", "count: all\n    breakdowns: [{by: kind_of, labels: [urgent, team]}, {by: urgent}]",
			expectedValues{"": 3, "_by_kind_of,true,North": 1, "_by_kind_of,false,North": 1, "_by_kind_of,unknown,unknown": 1,
				"_by_urgent,true": 1, "_by_urgent,false": 1, "_by_urgent,unknown": 1},
			expectedValues{"": 6, "_by_kind_of,true,North": 1, "_by_kind_of,false,North": 1, "_by_kind_of,unknown,unknown": 1,
				"_by_kind_of,true,unknown": 1, "_by_kind_of,true,South": 1, "_by_kind_of,false,South": 1,
				"_by_urgent,true": 3, "_by_urgent,false": 2, "_by_urgent,unknown": 1}},
		{"the same labels in another order", "count: all\n    breakdown_only: true\n    breakdowns: [{by: kind_of, labels: [urgent, team]}, {by: other_way, labels: [team, urgent]}]\n    where: score > 50",
			expectedValues{"_by_kind_of,true,North": 0, "_by_kind_of,false,North": 0, "_by_kind_of,unknown,unknown": 0,
				"_by_other_way,North,true": 0, "_by_other_way,North,false": 0, "_by_other_way,unknown,unknown": 0},
			expectedValues{"_by_kind_of,true,North": 0, "_by_kind_of,false,North": 0, "_by_kind_of,unknown,unknown": 0,
				"_by_kind_of,true,unknown": 0, "_by_kind_of,true,South": 0, "_by_kind_of,false,South": 1,
				"_by_other_way,North,true": 0, "_by_other_way,North,false": 0, "_by_other_way,unknown,unknown": 0,
				"_by_other_way,unknown,true": 0, "_by_other_way,South,true": 0, "_by_other_way,South,false": 1}},
		{"a breakdown of every row", "count: score > 3\n    where: urgent\n    breakdowns: [{by: team, ignore_filter: true}]",
			expectedValues{"": 1, "_by_team,North": 1, "_by_team,unknown": 0},
			expectedValues{"": 3, "_by_team,North": 1, "_by_team,South": 2, "_by_team,unknown": 1}},
		{"whole numbers divide exactly, by 0 to nothing", "count: hours / score >= 0.5\n    breakdowns: []",
			expectedValues{"": 1}, expectedValues{"": 1}},
		{"halves of whole numbers", "sum: score / 3\n    where: score < 10\n    breakdowns: []",
			expectedValues{"": 1.333333}, expectedValues{"": 3.666667}},
	}
	db := database(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			catalogue := load(t, config.Settings{Populations: populationsOf(test.measure, populations)}, meetings(t, test.measure))
			want := map[string]float64{}
			for window, values := range map[string]expectedValues{"month": test.month, "rolling_12m": test.year} {
				for key, value := range values {
					want["childrens_meetings"+key+","+window] = value
				}
			}
			if diff := cmp.Diff(want, samples(t, db, catalogue, asOf())); diff != "" {
				t.Errorf("-by hand +from SQL:\n%s", diff)
			}
			checkRecords(t, db, catalogue)
		})
	}
}

// populationsOf leaves populations out where no rate uses them.
func populationsOf(measure string, populations config.Populations) config.Populations {
	if strings.Contains(measure, "population:") {
		return populations
	}
	return nil
}

func TestRateWithoutPopulationIsAbsent(t *testing.T) {
	db := database(t)
	catalogue := load(t, config.Settings{}, meetings(t, "rate: {of: all, per: 1000, population: children}"))
	if got := samples(t, db, catalogue, asOf()); len(got) != 0 {
		t.Errorf("a rate on no population: %v", got)
	}
}

func TestEmptyPeriodIsZeroOrAbsent(t *testing.T) {
	const zeros = "childrens_meetings,month childrens_meetings,rolling_12m"
	tests := []struct{ measure, want string }{
		{"count: all", zeros},
		{"sum: score", zeros},
		{"bands: {label: sort, bands: [{name: urgent, when: urgent}]}", "childrens_meetings,urgent,month childrens_meetings,urgent,rolling_12m"},
		{"numerator: urgent\n    denominator: all", "childrens_meetings_denominator,month childrens_meetings_denominator,rolling_12m " +
			"childrens_meetings_numerator,month childrens_meetings_numerator,rolling_12m"},
		{"rate: {of: sum(score), per: 100, denominator: sum(hours)}", ""}, {"mean: score", ""}, {"median: score", ""}, {"max: score", ""},
	}
	db := database(t)
	for _, test := range tests {
		catalogue := load(t, config.Settings{}, meetings(t, test.measure))
		want := map[string]float64{}
		for key := range strings.FieldsSeq(test.want) {
			want[key] = 0
		}
		if diff := cmp.Diff(want, samples(t, db, catalogue, calendar.Date(2019, time.May, 1))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.measure, diff)
		}
	}
}

func TestNonAdditiveCohortHasNoTotal(t *testing.T) {
	definitions := meetings(t, "count: all")
	definitions["child_protection/meetings.yaml"].Data = []byte(replaceOnce(t, string(definitions["child_protection/meetings.yaml"].Data),
		"grain: [meeting_id]", "grain: [meeting_id, held]\nadditive: false"))
	for key := range samples(t, database(t), load(t, config.Settings{}, definitions), asOf()) {
		if !strings.HasPrefix(key, "childrens_meetings_by_team,") {
			t.Errorf("%s is published", key)
		}
	}
}

func TestGrainIsChecked(t *testing.T) {
	definitions := meetings(t, "count: all")
	yaml := definitions["child_protection/meetings.yaml"]
	yaml.Data = []byte(replaceOnce(t, string(yaml.Data), "grain: [meeting_id]", "grain: [team]"))
	catalogue := load(t, config.Settings{}, definitions)
	_, err := runStatement(t, database(t), catalogue, periodsOf(t, catalogue, asOf()))
	if _, ok := errors.AsType[*query.GrainError](err); !ok {
		t.Fatalf("two meetings of a team were taken for one: %v", err)
	}
	const want = "3 rows repeat the grain team within a period; make the cohort's SQL give one row each"
	if err.Error() != want {
		t.Errorf("got %s, want %s", err, want)
	}
}

func TestRowsOfACohort(t *testing.T) {
	catalogue := load(t, config.Settings{}, meetings(t, "count: urgent"))
	periods := periodsOf(t, catalogue, asOf())
	result, err := runStatement(t, database(t), catalogue, periods)
	if err != nil {
		t.Fatal(err)
	}
	if month, year := result.Rows(periods[0]), result.Rows(periods[1]); month != 3 || year != 6 {
		t.Errorf("%d and %d rows", month, year)
	}
	if got := result.Rows(england(t).At(calendar.Week, asOf())); got != 0 {
		t.Errorf("%d rows in a period that was not asked for", got)
	}
}
