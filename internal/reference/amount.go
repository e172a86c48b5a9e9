package reference

import (
	"maps"
	"slices"
)

// amounts are those of the rows that have one.
func amounts[T any](rows []T, of func(T) (float64, bool)) []float64 {
	var known []float64
	for _, row := range rows {
		if amount, ok := of(row); ok {
			known = append(known, amount)
		}
	}
	return known
}

// middle publishes the median of an amount: the one in the middle, or what lies halfway between the two in the middle. There is
// none of nothing.
func middle[T any](p page, family string, rows []T, of func(T) (float64, bool), splits ...split[T]) {
	for _, g := range groups(rows, splits) {
		known := amounts(g.rows, of)
		slices.Sort(known)
		if n := len(known); n > 0 {
			p.put(family, g.by, g.labels, (known[(n-1)/2]+known[n/2])/2)
		}
	}
}

// average publishes the mean of an amount. There is none of nothing.
func average[T any](p page, family string, rows []T, of func(T) (float64, bool), splits ...split[T]) {
	for _, g := range groups(rows, splits) {
		known := amounts(g.rows, of)
		sum := 0.0
		for _, amount := range known {
			sum += amount
		}
		if len(known) > 0 {
			p.put(family, g.by, g.labels, sum/float64(len(known)))
		}
	}
}

// bandsBy publishes how many rows fall in each band, in all and under every label that a row of the cohort has.
func bandsBy[T any](p page, family, label string, rows []T, names []string, of func(T) string, splits ...split[T]) {
	for _, g := range groups(rows, splits) {
		for _, name := range names {
			labels := map[string]string{label: name}
			maps.Copy(labels, g.labels)
			p.put(family, g.by, labels, number(g.rows, func(row T) bool { return of(row) == name }))
		}
	}
}
