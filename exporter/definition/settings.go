package definition

import (
	"maps"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/config"
)

// applyLimits sets the limits that a council's settings change.
func applyLimits(settings config.Settings, limits map[string]Limit) error {
	for _, name := range slices.Sorted(maps.Keys(settings.Limits)) {
		value := settings.Limits[name]
		limit, exists := limits[name]
		if !exists {
			return settings.Errorf("limits: %q is not a limit; there are %s", name, strings.Join(slices.Sorted(maps.Keys(limits)), ", "))
		}
		if value < 0 {
			return settings.Errorf("limits: %s must not be negative", name)
		}
		limit.Value = value
		limits[name] = limit
	}
	return nil
}

// applyReferences gives indicators the references of a council's settings. It refuses
// a reference of an unknown indicator.
func applyReferences(settings config.Settings, c *Catalogue) error {
	for _, name := range slices.Sorted(maps.Keys(settings.References)) {
		indicator, err := c.Indicator(name)
		if err != nil {
			return settings.Errorf("references: %w", err)
		}
		if reference := settings.References[name]; reference != "" {
			indicator.Reference = reference
		}
	}
	return nil
}

// checkPopulations refuses a population that no rate is taken on: a misspelt one would
// remove its rates.
func checkPopulations(settings config.Settings, c *Catalogue) error {
	names := map[string]bool{}
	for _, indicator := range c.Indicators() {
		if indicator.Measure.Population != "" {
			names[indicator.Measure.Population] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(settings.Populations)) {
		if !names[name] {
			return settings.Errorf("populations: no rate is taken on %q; there are %s", name, strings.Join(slices.Sorted(maps.Keys(names)), ", "))
		}
	}
	return nil
}
