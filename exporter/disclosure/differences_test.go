package disclosure_test

import (
	"slices"
	"testing"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// snapshotCohort makes observations of one cohort on one day.
type snapshotCohort struct {
	cohort *definition.Cohort
	day    calendar.Period
}

func newSnapshotCohort() snapshotCohort {
	return snapshotCohort{
		&definition.Cohort{Name: "children", Windows: []calendar.Kind{calendar.Snapshot}},
		calendar.Period{Kind: calendar.Snapshot, Starts: calendar.Date(2026, 9, 30), Ends: calendar.Date(2026, 9, 30)},
	}
}

func (s snapshotCohort) count(name, condition string, rows float64) definition.Observation {
	observation := count(rows)
	observation.Indicator.Name, observation.Indicator.Cohort, observation.Period = name, s.cohort, s.day
	observation.Indicator.Measure.Of.SQL = condition
	return observation
}

func (s snapshotCohort) ratio(name, numerator, denominator string, n, d float64) definition.Observation {
	observation := ratio(n, d)
	observation.Indicator.Name, observation.Indicator.Cohort, observation.Period = name, s.cohort, s.day
	observation.Indicator.Measure.Numerator.SQL, observation.Indicator.Measure.Denominator.SQL = numerator, denominator
	return observation
}

// Each case is a group that nobody publishes and that a reader could calculate: the first of two values is published.
func TestGroupBetweenTwoPublishedOnesIsNotSmall(t *testing.T) {
	s := newSnapshotCohort()
	for _, test := range []struct {
		name         string
		observations []definition.Observation
		want         []string
	}{
		{"one care leaver neither in work nor out of it", []definition.Observation{
			s.ratio("in_work", "(activity in ('F1', 'P1'))", "true", 9, 19), s.ratio("out_of_work", "(activity in ('G4'))", "true", 9, 19),
		}, []string{"in_work"}},
		{"seven of them", []definition.Observation{
			s.ratio("in_work", "(activity in ('F1', 'P1'))", "true", 18, 34), s.ratio("out_of_work", "(activity in ('G4'))", "true", 9, 34),
		}, []string{"in_work", "out_of_work"}},
		{"two repeat plans long after the last", []definition.Observation{
			s.ratio("repeat", "(earlier_plan is not null)", "true", 10, 40), s.ratio("repeat_recent", "(earlier_ended > plan_begun)", "true", 8, 40),
		}, []string{"repeat"}},
		{"three plans issued with an exception", []definition.Observation{
			s.ratio("without_exceptions", "(issued <= 140)", "((received is not null) and (not excepted))", 20, 40),
			s.ratio("all", "(issued <= 140)", "(received is not null)", 20, 43),
		}, []string{"without_exceptions"}},
		{"three children left out of another share's group keep its parts back", []definition.Observation{
			s.ratio("long", "(days > 729)", "true", 100, 303), s.ratio("seen", "(last_seen <= 10)", "(plan_start >= 10)", 150, 300),
		}, []string{"long", "seen"}},
		{"an own complement of a hidden count", []definition.Observation{
			s.count("plans", "true", 32), s.count("own_seen", "(last_seen <= 10)", 30),
		}, []string{"plans"}},
		{"a number and its own rest that is large", []definition.Observation{
			s.count("plans", "true", 32), s.count("own_seen", "(last_seen <= 10)", 20),
		}, []string{"plans", "own_seen"}},
	} {
		published, _, suppressed, _ := disclosure.DefaultPolicy().Apply(test.observations, nil)
		var names []string
		for _, observation := range published {
			names = append(names, observation.Indicator.Name)
			if observation.Indicator.Name == "seen" && observation.Numerator != nil {
				t.Errorf("%s: the parts are published", test.name)
			}
		}
		if !slices.Equal(names, test.want) || len(names)+len(suppressed) != len(test.observations) {
			t.Errorf("%s: published %v, want %v; suppressed %v", test.name, names, test.want, suppressed)
		}
	}
}

// All of nineteen children were seen: the share is suppressed, since it says the same of everybody, and nobody overdue
// would say it too.
func TestCountIsSuppressedWithTheShareThatItIsAPartOf(t *testing.T) {
	s := newSnapshotCohort()
	among, overdue := "(working_days >= 10)", "((working_days >= 10) and ((last_seen is null) or (last_seen > 10)))"
	for _, test := range []struct {
		overdue, n, d float64
		want          int
	}{
		{0, 19, 19, 0},
		{0, 25, 25, 2},
		{9, 0, 9, 0},
		{14, 4, 18, 0}, // the count is the rest of a share with a small numerator
		{12, 20, 32, 2},
	} {
		published, _, suppressed, _ := disclosure.DefaultPolicy().Apply([]definition.Observation{
			s.count("overdue", overdue, test.overdue), s.ratio("on_time", "(last_seen <= 10)", among, test.n, test.d),
		}, nil)
		if len(published) != test.want || len(published)+len(suppressed) != 2 {
			t.Errorf("%+v: published %d, suppressed %v", test, len(published), suppressed)
		}
	}
}

// A count and its rate on the population are one number.
func TestCountAndItsRateAreSuppressedTogether(t *testing.T) {
	s := newSnapshotCohort()
	rate := s.count("own_seen_per_10k", "(last_seen <= 10)", 30)
	rate.Indicator.Measure.Kind, rate.Indicator.Measure.Per, rate.Value = definition.Rate, 10000, new(30.0/8012*10000)
	published, _, _, _ := disclosure.DefaultPolicy().Apply([]definition.Observation{
		rate, s.count("plans", "true", 32), s.count("own_seen", "(last_seen <= 10)", 30),
	}, nil)
	if len(published) != 1 || published[0].Indicator.Name != "plans" {
		t.Errorf("published %v", published)
	}
}
