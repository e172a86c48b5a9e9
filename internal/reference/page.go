package reference

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Key names a sample: the family and its labels in the order of their names, as in
// childrens_referrals_by_team{team="North",window="month"}.
func Key(family string, labels map[string]string) string {
	var pairs []string
	for name, value := range labels {
		pairs = append(pairs, name+"="+strconv.Quote(value))
	}
	if len(pairs) == 0 {
		return family
	}
	slices.Sort(pairs)
	return family + "{" + strings.Join(pairs, ",") + "}"
}

// page collects the samples of one day, or of one window of it.
type page struct {
	samples map[string]float64
	window  string // "" for a snapshot
}

func (p page) put(family, by string, labels map[string]string, value float64) {
	if by != "" {
		family += "_by_" + by
	}
	all := map[string]string{}
	maps.Copy(all, labels)
	if p.window != "" {
		all["window"] = p.window
	}
	p.samples[Key(family, all)] = value
}

// split is a way of breaking a number down: the end of the family's name and the labels of a row.
type split[T any] struct {
	by     string
	labels func(T) map[string]string
}

// by splits rows on one label of the same name. A row that does not say is under "unknown".
func by[T any](name string, of func(T) string) split[T] {
	return split[T]{name, func(row T) map[string]string { return map[string]string{name: orUnknown(of(row))} }}
}

func orUnknown(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

// group is the rows of a cohort that share their labels.
type group[T any] struct {
	by     string
	labels map[string]string
	rows   []T
}

// groups are all the rows together, under no label, and the rows under each label that any of them has.
func groups[T any](rows []T, splits []split[T]) []group[T] {
	all := []group[T]{{rows: rows}}
	for _, s := range splits {
		at := map[string]int{}
		for _, row := range rows {
			labels := s.labels(row)
			key := Key("", labels)
			if _, known := at[key]; !known {
				at[key] = len(all)
				all = append(all, group[T]{by: s.by, labels: labels})
			}
			all[at[key]].rows = append(all[at[key]].rows, row)
		}
	}
	return all
}

func everyone[T any](T) bool { return true }

func number[T any](rows []T, counted func(T) bool) float64 {
	n := 0
	for _, row := range rows {
		if counted(row) {
			n++
		}
	}
	return float64(n)
}

// count publishes how many rows meet a condition, in all and under every label that a row of the cohort has, be it none.
func count[T any](p page, family string, rows []T, counted func(T) bool, splits ...split[T]) {
	for _, g := range groups(rows, splits) {
		p.put(family, g.by, g.labels, number(g.rows, counted))
	}
}

// countBy is count without the total.
func countBy[T any](p page, family string, rows []T, s split[T]) {
	for _, g := range groups(rows, []split[T]{s})[1:] {
		p.put(family, g.by, g.labels, number(g.rows, everyone))
	}
}

// ratio publishes a share and its two parts. The upper part is counted within the lower one; a share of nothing is not
// published.
func ratio[T any](p page, name string, rows []T, lower, upper func(T) bool, splits ...split[T]) {
	for _, g := range groups(rows, splits) {
		denominator := number(g.rows, lower)
		numerator := number(g.rows, func(row T) bool { return lower(row) && upper(row) })
		p.share(name, g.by, g.labels, numerator, denominator)
	}
}

func (p page) share(name, by string, labels map[string]string, numerator, denominator float64) {
	parts := strings.TrimSuffix(name, "_ratio")
	p.put(parts+"_numerator", by, labels, numerator)
	p.put(parts+"_denominator", by, labels, denominator)
	if denominator > 0 {
		p.put(name, by, labels, numerator/denominator)
	}
}

// rate publishes a number in proportion to the population, where the population is known.
func (p page) rate(family string, number, population, per float64) {
	if population > 0 {
		p.put(family, "", nil, number/population*per)
	}
}

// bands publishes how many rows fall in each band, nought where none does.
func bands[T any](p page, family, label string, rows []T, names []string, of func(T) string) {
	for _, name := range names {
		p.put(family, "", map[string]string{label: name}, number(rows, func(row T) bool { return of(row) == name }))
	}
}
