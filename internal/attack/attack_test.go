package main

import (
	"testing"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
)

// primaryOnly is disclosure control without secondary suppression.
func primaryOnly(live []definition.Observation, closed []definition.PeriodObservation) ([]definition.Observation, []definition.PeriodObservation, []disclosure.Suppressed, []disclosure.Suppressed) {
	policy := disclosure.DefaultPolicy()
	published, suppressed := policy.Publish(live)
	var periods []definition.PeriodObservation
	for _, period := range closed {
		for _, observation := range first(policy.Publish([]definition.Observation{period.Observation})) {
			periods = append(periods, definition.PeriodObservation{ReportPeriod: period.ReportPeriod, Observation: observation})
		}
	}
	return published, periods, suppressed, nil
}

func first(published []definition.Observation, _ []disclosure.Suppressed) []definition.Observation {
	return published
}

// The attack on the product's rules discloses nothing, and the same attack on weaker ones does: an attack that never
// finds anything would prove nothing.
func TestAttackDisclosesNothingUnlessARuleIsWeaker(t *testing.T) {
	town := council{"small", 1}
	values := cache(t.TempDir())
	pages, err := openArchive(t.Context(), town, values, disclosure.DefaultPolicy().Apply)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, m := range methods() {
		s := m.play(pages)
		tried += s.small + s.unanimous
		if s.isDisclosed() {
			t.Errorf("%s: %s; %v", m.name, s, s.examples)
		}
	}
	if tried < 300 {
		t.Errorf("%d suppressed values prove nothing", tried)
	}
	weaker, err := openArchive(t.Context(), town, values, primaryOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range methods() {
		secondary := m.name != "exact counts from the digits of rates" && m.name != "exact counts from several ratios"
		if s := m.play(weaker); secondary && m.name != "0 beside a suppressed share" && !s.isDisclosed() && s.narrowed == 0 {
			t.Errorf("%s finds nothing without secondary suppression: %s", m.name, s)
		}
	}
}
