package disclosure

import (
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// cell is one value of the authority that might be published, and what was decided of it.
type cell struct {
	exact definition.Observation
	// rounded is the form in which it is published.
	rounded    definition.Observation
	suppressed bool
}

// cellKey identifies a cell. The last closed period is both a window and a report period.
type cellKey struct {
	indicator *definition.Indicator
	period    calendar.Key
}

// table is all cells that one decision looks at, in the order in which they were added.
type table struct {
	policy Policy
	cells  []*cell
	byKey  map[cellKey]*cell
}

func (r Policy) newTable() *table { return &table{policy: r, byKey: map[cellKey]*cell{}} }

// add puts an observation in the table after primary suppression, and gives nil for what is not on the allow-list.
func (t *table) add(observation definition.Observation) *cell {
	if observation.By != "" || observation.Workers || observation.Value == nil {
		return nil
	}
	key := cellKey{observation.Indicator, observation.Period.Key()}
	if known := t.byKey[key]; known != nil {
		return known
	}
	var rounded definition.Observation
	var allowed bool
	switch observation.Indicator.Public {
	case definition.PublicCount:
		rounded, allowed = t.policy.publishCount(observation)
	case definition.PublicRatio:
		rounded, allowed = t.policy.publishRatio(observation)
	default:
		return nil
	}
	added := &cell{observation, rounded, !allowed}
	t.cells = append(t.cells, added)
	t.byKey[key] = added
	return added
}

// withholdParts publishes a ratio without its numerator and denominator.
func (c *cell) withholdParts() { c.rounded.Numerator, c.rounded.Denominator = nil, nil }

// reason is the reason for which a cell is suppressed. It is the same for primary and secondary suppression: to know that
// a value is safe by itself would say that what it is compared with is not.
func (c *cell) reason() Suppressed {
	reason := SmallCount
	if c.exact.Indicator.Public == definition.PublicRatio {
		reason = SmallRatio
	}
	return Suppressed{c.exact.Indicator, string(c.exact.Period.Kind), reason}
}

// isRatioOfCounts reports whether the cell is a share of a group's rows.
func (c *cell) isRatioOfCounts() bool {
	measure := c.exact.Indicator.Measure
	return measure.Kind == definition.Ratio && !measure.Numerator.Sum && !measure.Denominator.Sum
}

// isCountOfRows reports whether the cell counts rows of the cohort: a count, or a rate on a population.
func (c *cell) isCountOfRows() bool {
	measure := c.exact.Indicator.Measure
	return measure.Kind == definition.Count || measure.Kind == definition.Rate && !measure.Of.Sum
}

// isEmpty reports whether nobody is in what the cell counts.
func (c *cell) isEmpty() bool {
	if c.exact.Denominator != nil {
		return *c.exact.Denominator == 0
	}
	return c.exact.Rows == 0
}

// isUnanimous reports whether a ratio says the same of every member of its group.
func (c *cell) isUnanimous() bool {
	return c.exact.Numerator != nil && (*c.exact.Numerator == 0 || *c.exact.Numerator == *c.exact.Denominator)
}
