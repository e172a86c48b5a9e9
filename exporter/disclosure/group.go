package disclosure

import (
	"slices"
	"strings"

	"childrens-services-exporter/exporter/definition"
)

// group is the rows of a cohort that an aggregate counts, as the conditions that each of them meets.
type group []string

// newGroup takes apart conditions that are joined with and.
func newGroup(conditions ...string) group {
	var parts group
	for _, condition := range conditions {
		parts = append(parts, conjuncts(condition)...)
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}

// countedGroup is the group that a count or a rate counts.
func countedGroup(indicator *definition.Indicator) group {
	return newGroup(indicator.Filter.SQL, indicator.Measure.Of.SQL)
}

// denominatorGroup is the group that a ratio is taken among.
func denominatorGroup(indicator *definition.Indicator) group {
	return newGroup(indicator.Filter.SQL, indicator.Measure.Denominator.SQL)
}

// includes reports whether every row of the other group is in this one: it meets these conditions and maybe more.
func (g group) includes(other group) bool {
	for _, condition := range g {
		if !slices.Contains(other, condition) {
			return false
		}
	}
	return true
}

func (g group) equal(other group) bool { return slices.Equal(g, other) }

// conjuncts splits a condition at each and that is not within brackets.
func conjuncts(sql string) []string {
	sql = withoutBrackets(strings.TrimSpace(sql))
	for i, depth := range bracketDepths(sql) {
		if depth == 0 && strings.HasPrefix(sql[i:], " and ") {
			return append(conjuncts(sql[:i]), conjuncts(sql[i+len(" and "):])...)
		}
	}
	if sql == "" || sql == "true" {
		return nil
	}
	return []string{sql}
}

// withoutBrackets takes away brackets around a whole condition.
func withoutBrackets(sql string) string {
	for strings.HasPrefix(sql, "(") {
		depths := bracketDepths(sql)
		last := len(depths) - 1
		if slices.Contains(depths[:last], 0) || depths[last] != 0 {
			return sql
		}
		sql = strings.TrimSpace(sql[1:last])
	}
	return sql
}

// bracketDepths gives, for each byte of a condition, how many brackets are open after it. Within quoted text none open or
// close, and its depth is that of no condition.
func bracketDepths(sql string) []int {
	const withinText = -1
	depths := make([]int, len(sql))
	depth, quoted := 0, false
	for i := range len(sql) {
		switch {
		case sql[i] == '\'':
			quoted = !quoted
		case quoted:
			depths[i] = withinText
			continue
		case sql[i] == '(':
			depth++
		case sql[i] == ')':
			depth--
		}
		depths[i] = depth
	}
	return depths
}
