package main

import (
	"fmt"
	"math"
	"slices"
	"time"

	"childrens-services-exporter/exporter/definition"
)

// rates recovers the unrounded count of a rate from all digits of the rate: of the counts that its rounded one stands
// for, only few give the very same number.
func (a *archive) rates() score {
	var s score
	for cell, shown := range a.shown {
		exact := a.truth[cell]
		measure := exact.Indicator.Measure
		if measure.Kind != definition.Rate || measure.Of.Sum || exact.Rows == 0 || *exact.Value == 0 {
			continue
		}
		population := math.Round(exact.Rows * measure.Per / *exact.Value)
		var counts []int
		for count := max(1, shown.Rows-5); count <= shown.Rows+5; count++ {
			again := exact
			again.Rows, again.Value = count, new(count/population*measure.Per)
			published, _, _, _ := a.apply([]definition.Observation{again}, nil)
			if len(published) == 1 && *published[0].Value == *shown.Value {
				counts = append(counts, int(count))
			}
		}
		s.fewer(counts, int(exact.Rows), describe(cell))
	}
	return s
}

// fewer scores the candidates of a number that is published rounded to five, and so has five.
func (s *score) fewer(candidates []int, truth int, what string) {
	s.small++
	slices.Sort(candidates)
	candidates = slices.Compact(candidates)
	switch {
	case !slices.Contains(candidates, truth):
		s.wrong++
	case len(candidates) < 5:
		s.narrowed++
		if len(candidates) <= 2 {
			s.few++
		}
		if len(candidates) == 1 {
			s.pinned++
		}
		s.examples = append(s.examples, fmt.Sprintf("%s: %v, truth %d", what, candidates, truth))
	}
}

// family is a published count and the ratios that are taken among just what it counts.
type family struct {
	count  string
	ratios []string
}

func families() []family {
	return []family{
		{"childrens_cla_open", []string{
			"childrens_cla_foster_ratio", "childrens_cla_placed_outside_area_ratio", "childrens_cla_placed_distant_ratio",
			"childrens_cla_placements_many_ratio", "childrens_cla_social_worker_changed_ratio", "childrens_cla_social_worker_many_ratio",
		}},
		{"childrens_cme_children", []string{"childrens_cme_long_ratio"}},
		{"childrens_cin_plans_open", []string{"childrens_cin_plans_long_ratio"}},
		{"childrens_cp_plans_open", []string{"childrens_cp_plans_open_long_ratio"}},
	}
}

// bases recovers the unrounded count of a group from the per cents of several ratios among it.
func (a *archive) bases() score {
	var s score
	for _, f := range families() {
		for cell, shown := range a.shown {
			if cell.indicator != f.count || a.truth[cell].Rows == 0 {
				continue
			}
			var left []int
			for d := max(1, int(shown.Rows)-2); d <= int(shown.Rows)+2; d++ {
				if !slices.ContainsFunc(f.ratios, func(ratio string) bool { return !a.fits(cellID{ratio, cell.kind, cell.ends}, d) }) {
					left = append(left, d)
				}
			}
			truth := int(a.truth[cell].Rows)
			if ratio, exists := a.truth[cellID{f.ratios[0], cell.kind, cell.ends}]; exists && int(*ratio.Denominator) != truth {
				continue
			}
			s.fewer(left, truth, describe(cell))
		}
	}
	return s
}

// fits reports whether a ratio can be shown as it is, or hidden, with a denominator.
func (a *archive) fits(cell cellID, d int) bool {
	return !a.asked[cell] || len(a.numerators(cell, d)) > 0
}

// numerators lists those that a ratio can have with a denominator.
func (a *archive) numerators(cell cellID, d int) []int {
	shown, isShown := a.shown[cell]
	var numerators []int
	for n := range d + 1 {
		published, isPublished := a.publishAs(a.truth[cell], pair{n, d}, false)
		// A safe ratio can be hidden for what it would disclose with another.
		if isShown && isPublished && same(published, shown) || isShown && shown.Numerator == nil && isPublished && *published.Value == *shown.Value || !isShown {
			numerators = append(numerators, n)
		}
	}
	return numerators
}

// derived is a group that nobody publishes, as a difference of two ratios among one group.
type derived struct {
	name, first, second string
	// isRest is the group in neither; else it is what is in the first and not in the second.
	isRest bool
	count  string
}

func derivedGroups() []derived {
	return []derived{
		{"care leavers neither in work nor out of it", "childrens_careleavers_eet_ratio", "childrens_careleavers_neet_ratio", true, ""},
		{"plans long after the last", "childrens_cp_plans_repeat_ratio", "childrens_cp_plans_repeat_recent_ratio", false, "childrens_cp_plans_started"},
		{"children with exactly two workers", "childrens_cla_social_worker_changed_ratio", "childrens_cla_social_worker_many_ratio", false, "childrens_cla_open"},
	}
}

// differences calculates the groups between two published ones, page by page.
func (a *archive) differences() score {
	var s score
	for _, group := range derivedGroups() {
		for cell, first := range a.shown {
			if cell.indicator != group.first {
				continue
			}
			other := cellID{group.second, cell.kind, cell.ends}
			exact, exactOther := a.truth[cell], a.truth[other]
			truth := int(*exact.Numerator - *exactOther.Numerator)
			if group.isRest {
				truth = int(*exact.Denominator - *exact.Numerator - *exactOther.Numerator)
			}
			if truth < 1 || truth > 5 {
				continue
			}
			low, high := 1, unknownMost
			if first.Denominator != nil {
				low, high = int(*first.Denominator)-2, int(*first.Denominator)+2
			} else if shown, isShown := a.shown[cellID{group.count, cell.kind, cell.ends}]; isShown {
				low, high = int(shown.Rows)-2, int(shown.Rows)+2
			}
			var values []int
			if _, isShown := a.shown[other]; isShown {
				for d := max(1, low); d <= high; d++ {
					for _, n := range a.numerators(cell, d) {
						for _, m := range a.numerators(other, d) {
							value := n - m
							if group.isRest {
								value = d - n - m
							}
							if value >= 0 {
								values = append(values, value)
							}
						}
					}
				}
			} else {
				for value := range 8 {
					values = append(values, value)
				}
			}
			s.deduce(values, truth, group.name+", "+describe(cell))
		}
	}
	return s
}

// zeros looks for a count of nobody beside a hidden share whose rest it is: all of a group then met the condition.
func (a *archive) zeros() score {
	var s score
	for ratio, count := range map[string]string{
		"childrens_cp_visits_on_time_ratio":  "childrens_cp_visits_overdue",
		"childrens_cin_visits_on_time_ratio": "childrens_cin_visits_overdue",
		"childrens_cla_visits_on_time_ratio": "childrens_cla_visits_overdue",
	} {
		for cell := range a.asked {
			exact := a.truth[cell]
			if cell.indicator != ratio || !a.isHidden(cell) || exact.Denominator == nil || *exact.Denominator == 0 || *exact.Numerator != *exact.Denominator {
				continue
			}
			s.unanimous++
			if shown, isShown := a.shown[cellID{count, cell.kind, cell.ends}]; isShown && shown.Rows == 0 {
				s.proven++
				s.examples = append(s.examples, describe(cell)+": 100 %, since "+count+" is 0")
			}
		}
	}
	return s
}

func describe(cell cellID) string {
	return fmt.Sprintf("%s, %s to %s", cell.indicator, cell.kind, cell.ends.Format(time.DateOnly))
}
