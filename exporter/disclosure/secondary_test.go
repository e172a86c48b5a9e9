package disclosure_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// flow is an indicator of quarters, from the first of the year 2020-21, and what
// anybody knows who kept the public page of every quarter.
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
		one := observation(part[0], part[1])
		f.quarters = append(f.quarters, f.inWindow(one, calendar.Quarter, i, i+1))
	}
	return f
}

// inWindow puts a reading in a window of quarters.
func (f *flow) inWindow(observation definition.Observation, kind calendar.Kind, from, to int) definition.Observation {
	starts := calendar.Date(2020, time.April, 1).AddDate(0, 3*from, 0)
	ends := calendar.Date(2020, time.April, 1).AddDate(0, 3*to, -1)
	observation.Indicator, observation.Period = f.indicator, calendar.Period{Kind: kind, Starts: starts, Ends: ends}
	return observation
}

// sum is a longer window, exact.
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

// publish shows the page at the end of a quarter and takes down what it tells.
func (f *flow) publish(policy disclosure.Policy, last int) (shown []definition.Observation) {
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
	for back := 1; back <= 8 && back <= last+1; back++ {
		quarter := f.quarters[last+1-back]
		closed = append(closed, definition.PeriodObservation{ReportPeriod: calendar.ReportPeriod{Period: quarter.Period, Offset: back}, Observation: quarter})
	}
	shown, series, _, _ := policy.Apply(live, closed)
	for _, one := range shown {
		f.attack(policy, spans[one.Period.Kind], one)
	}
	for _, one := range series {
		f.attack(policy, [2]int{last + 1 - one.Offset, last + 2 - one.Offset}, one.Observation)
	}
	f.suppressed[last] = !slices.ContainsFunc(shown, func(one definition.Observation) bool { return one.Period.Kind == calendar.Quarter })
	return shown
}

func (f *flow) attack(policy disclosure.Policy, window [2]int, published definition.Observation) {
	if told := candidates(policy, published); told != nil {
		f.intervals[window] = told
	}
}

// bounds are what follows for one part of a quarter from all windows together. The
// sums up to each quarter differ by what lies between them, so that the tightest
// bound is the shortest way from one to the other.
func (f *flow) bounds(part, quarter int, unknown func(int) interval) interval {
	n := len(f.quarters) + 1
	way := make([][]float64, n)
	for i := range way {
		way[i] = slices.Repeat([]float64{math.Inf(1)}, n)
		way[i][i] = 0
	}
	limit := func(from, to int, s interval) {
		way[from][to] = min(way[from][to], s.highest)
		way[to][from] = min(way[to][from], -s.lowest)
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
				way[i][j] = min(way[i][j], way[i][k]+way[k][j])
			}
		}
	}
	return interval{-way[quarter+1][quarter], way[quarter][quarter+1]}
}

func TestLongerWindowsDoNotDiscloseASuppressedQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	years, hidden := 0, 0
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 7))
		middle := 4 + random.IntN(16)
		var parts [][2]float64
		for range 14 {
			parts = append(parts, [2]float64{float64(random.IntN(2 * middle)), 0})
		}
		f := newFlow(func(n, _ float64) definition.Observation { return count(n) }, parts)
		for last := range parts {
			for _, one := range f.publish(policy, last) {
				if one.Period.Kind != calendar.Quarter {
					years++
				}
			}
		}
		for quarter := range f.suppressed {
			if !f.suppressed[quarter] {
				continue
			}
			hidden++
			got := f.bounds(0, quarter, func(i int) interval {
				if f.suppressed[i] {
					return interval{1, 7} // 6 and 7 are rounded to 5
				}
				return interval{0, math.Inf(1)}
			})
			if got.highest <= 5 && (got.lowest > 1 || got.highest < 5) {
				t.Fatalf("council %d of %v: quarter %d, which is hidden, lies in %v", seed, parts, quarter, got)
			}
		}
	}
	if years < 1000 || hidden < 500 {
		t.Errorf("%d years shown and %d quarters hidden prove nothing", years, hidden)
	}
}

func TestPartsOfALongerRatioDoNotDiscloseASuppressedQuarter(t *testing.T) {
	policy := disclosure.DefaultPolicy()
	years, hidden := 0, 0
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
			for _, one := range f.publish(policy, last) {
				if one.Period.Kind != calendar.Quarter && one.Numerator != nil {
					years++
				}
			}
		}
		for quarter := range f.suppressed {
			if !f.suppressed[quarter] {
				continue
			}
			hidden++
			for part := range 3 {
				if got := f.bounds(part, quarter, func(int) interval { return interval{0, math.Inf(1)} }); got.revealsSmallNumber() {
					t.Fatalf("council %d of %v: part %d of quarter %d, which is hidden, lies in %v", seed, parts, part, quarter, got)
				}
			}
		}
	}
	if years < 100 || hidden < 300 {
		t.Errorf("%d years shown with their parts and %d quarters hidden prove nothing", years, hidden)
	}
}

// A year stays where all its quarters are hidden, which is how a small council is
// seen at all, and where none is.
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
		shown := f.publish(policy, 3)
		year := slices.ContainsFunc(shown, func(one definition.Observation) bool { return one.Period.Kind == calendar.FinancialYear })
		if year != test.year {
			t.Errorf("the year of %v: shown %t", test.quarters, year)
		}
	}
}
