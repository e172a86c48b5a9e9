package disclosure_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// flow is an indicator by quarter, from the first of the year 2020-21, and what a reader knows who has stored the public
// page of every quarter.
type flow struct {
	indicator  *definition.Indicator
	quarters   []definition.Observation // exact
	intervals  map[[2]int][]interval    // by quarters from and to, for each part
	suppressed map[int]bool
}

func newFlow(observation func(n, d float64) definition.Observation, parts [][2]float64) *flow {
	f := &flow{intervals: map[[2]int][]interval{}, suppressed: map[int]bool{}}
	indicator := *observation(1, 1).Indicator
	indicator.Cohort = &definition.Cohort{Windows: []calendar.Kind{calendar.Quarter, calendar.FinancialYear, calendar.Rolling12Months}}
	f.indicator = &indicator
	for i, part := range parts {
		quarter := observation(part[0], part[1])
		f.quarters = append(f.quarters, f.inWindow(quarter, calendar.Quarter, i, i+1))
	}
	return f
}

// inWindow puts an observation in a window of quarters.
func (f *flow) inWindow(observation definition.Observation, kind calendar.Kind, from, to int) definition.Observation {
	starts := calendar.Date(2020, time.April, 1).AddDate(0, 3*from, 0)
	ends := calendar.Date(2020, time.April, 1).AddDate(0, 3*to, -1)
	observation.Indicator, observation.Period = f.indicator, calendar.Period{Kind: kind, Starts: starts, Ends: ends}
	return observation
}

// sum is the true value of a longer window.
func (f *flow) sum(kind calendar.Kind, from, to int) definition.Observation {
	var n, d float64
	for _, quarter := range f.quarters[from:to] {
		if quarter.Numerator == nil {
			n += quarter.Rows
		} else {
			n, d = n+*quarter.Numerator, d+*quarter.Denominator
		}
	}
	if f.quarters[0].Numerator == nil {
		return f.inWindow(count(n), kind, from, to)
	}
	return f.inWindow(ratio(n, d), kind, from, to)
}

// publish applies the policy at the end of a quarter and adds what a reader learns from the page.
func (f *flow) publish(policy disclosure.Policy, last int) (published []definition.Observation) {
	live := []definition.Observation{f.quarters[last]}
	spans := map[calendar.Kind][2]int{calendar.Quarter: {last, last + 1}}
	if year := (last + 1) / 4 * 4; year >= 4 {
		spans[calendar.FinancialYear] = [2]int{year - 4, year}
		live = append(live, f.sum(calendar.FinancialYear, year-4, year))
	}
	if last >= 3 {
		spans[calendar.Rolling12Months] = [2]int{last - 3, last + 1}
		live = append(live, f.sum(calendar.Rolling12Months, last-3, last+1))
	}
	var closed []definition.PeriodObservation
	for offset := 1; offset <= 8 && offset <= last+1; offset++ {
		quarter := f.quarters[last+1-offset]
		closed = append(closed, definition.PeriodObservation{ReportPeriod: calendar.ReportPeriod{Period: quarter.Period, Offset: offset}, Observation: quarter})
	}
	published, publishedPeriods, _, _ := policy.Apply(live, closed)
	for _, period := range published {
		f.attack(policy, spans[period.Period.Kind], period)
	}
	for _, period := range publishedPeriods {
		f.attack(policy, [2]int{last + 1 - period.Offset, last + 2 - period.Offset}, period.Observation)
	}
	f.suppressed[last] = !slices.ContainsFunc(published, func(period definition.Observation) bool { return period.Period.Kind == calendar.Quarter })
	return published
}

func (f *flow) attack(policy disclosure.Policy, window [2]int, published definition.Observation) {
	if learned := candidates(policy, published); learned != nil {
		f.intervals[window] = learned
	}
}

// bounds gives the interval of one part of a quarter that follows from all windows together. The cumulative sums up to two
// quarters differ by what lies between them, so that the tightest bound is the shortest path from one to the other.
func (f *flow) bounds(part, quarter int, unknown func(int) interval) interval {
	n := len(f.quarters) + 1
	distance := make([][]float64, n)
	for i := range distance {
		distance[i] = slices.Repeat([]float64{math.Inf(1)}, n)
		distance[i][i] = 0
	}
	limit := func(from, to int, s interval) {
		distance[from][to] = min(distance[from][to], s.highest)
		distance[to][from] = min(distance[to][from], -s.lowest)
	}
	for i := range f.quarters {
		limit(i, i+1, unknown(i))
	}
	for window, spans := range f.intervals {
		if part < len(spans) {
			limit(window[0], window[1], spans[part])
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				distance[i][j] = min(distance[i][j], distance[i][k]+distance[k][j])
			}
		}
	}
	return interval{-distance[quarter+1][quarter], distance[quarter][quarter+1]}
}

func TestLongerWindowsDoNotDiscloseASuppressedQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	years, suppressed := 0, 0
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 7))
		middle := 4 + random.IntN(16)
		var parts [][2]float64
		for range 14 {
			parts = append(parts, [2]float64{float64(random.IntN(2 * middle)), 0})
		}
		f := newFlow(func(n, _ float64) definition.Observation { return count(n) }, parts)
		for last := range parts {
			for _, window := range f.publish(policy, last) {
				if window.Period.Kind != calendar.Quarter {
					years++
				}
			}
		}
		for quarter := range f.suppressed {
			if !f.suppressed[quarter] {
				continue
			}
			suppressed++
			got := f.bounds(0, quarter, func(i int) interval {
				if f.suppressed[i] {
					return interval{1, 7} // 6 and 7 are rounded to 5
				}
				return interval{0, math.Inf(1)}
			})
			if got.highest <= 5 && (got.lowest > 1 || got.highest < 5) {
				t.Fatalf("council %d of %v: quarter %d, which is suppressed, lies in %v", seed, parts, quarter, got)
			}
		}
	}
	if years < 1000 || suppressed < 500 {
		t.Errorf("%d years published and %d quarters suppressed prove nothing", years, suppressed)
	}
}

func TestPartsOfALongerRatioDoNotDiscloseASuppressedQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	years, suppressed := 0, 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 8))
		middle := 12 + random.IntN(60)
		var parts [][2]float64
		for range 14 {
			d := 1 + random.IntN(2*middle)
			n := max(0, d-random.IntN(d/3+4))
			parts = append(parts, [2]float64{float64(n), float64(d)})
		}
		f := newFlow(ratio, parts)
		for last := range parts {
			for _, window := range f.publish(policy, last) {
				if window.Period.Kind != calendar.Quarter && window.Numerator != nil {
					years++
				}
			}
		}
		for quarter := range f.suppressed {
			if !f.suppressed[quarter] {
				continue
			}
			suppressed++
			for part := range 3 {
				if got := f.bounds(part, quarter, func(int) interval { return interval{0, math.Inf(1)} }); got.revealsSmallNumber() {
					t.Fatalf("council %d of %v: part %d of quarter %d, which is suppressed, lies in %v", seed, parts, part, quarter, got)
				}
			}
		}
	}
	if years < 100 || suppressed < 300 {
		t.Errorf("%d years published with their parts and %d quarters suppressed prove nothing", years, suppressed)
	}
}

// A year is published where all its quarters are suppressed, which is all that a small council can publish, and where none
// is.
func TestYearIsSuppressedOnlyWhereItDisclosesAQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	for _, test := range []struct {
		quarters []float64
		year     bool
	}{
		{[]float64{13, 13, 13, 1}, false},
		{[]float64{13, 13, 13, 13}, true},
		{[]float64{3, 4, 5, 4}, true},
		{[]float64{0, 4, 0, 7}, true},
		{[]float64{0, 0, 0, 13}, true},
	} {
		var parts [][2]float64
		for _, n := range test.quarters {
			parts = append(parts, [2]float64{n, 0})
		}
		f := newFlow(func(n, _ float64) definition.Observation { return count(n) }, parts)
		published := f.publish(policy, 3)
		year := slices.ContainsFunc(published, func(window definition.Observation) bool { return window.Period.Kind == calendar.FinancialYear })
		if year != test.year {
			t.Errorf("the year of %v: published %t", test.quarters, year)
		}
	}
}

// One of 85 referrals had no action in a quarter that is suppressed. To the whole per cent, the twelve months to each
// quarter's end disclosed exactly that.
func TestRatioOfALongerWindowSaysLittleOfASuppressedQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	for _, test := range []struct {
		name  string
		parts [][2]float64
		want  map[calendar.Kind]string
	}{
		{"no suppressed quarter", [][2]float64{{20, 85}, {20, 80}, {20, 75}, {24, 85}}, map[calendar.Kind]string{
			calendar.Quarter: "0.3", calendar.FinancialYear: "0.26", calendar.Rolling12Months: "0.26",
		}},
		{"a suppressed quarter", [][2]float64{{1, 85}, {10, 80}, {7, 75}, {8, 85}}, map[calendar.Kind]string{
			calendar.Quarter: "0.1", calendar.FinancialYear: "0.1",
		}},
		{"every quarter suppressed, for being of 0 %", [][2]float64{{0, 12}, {0, 13}, {0, 9}, {0, 11}}, map[calendar.Kind]string{}},
	} {
		f := newFlow(ratio, test.parts)
		got := map[calendar.Kind]string{}
		for _, window := range f.publish(policy, 3) {
			got[window.Period.Kind] = strconv.FormatFloat(*window.Value, 'g', -1, 64)
			if test.name != "no suppressed quarter" && window.Period.Kind != calendar.Quarter && window.Numerator != nil {
				t.Errorf("%s: the parts of the %s are published", test.name, window.Period.Kind)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
