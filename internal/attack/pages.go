package main

import (
	"fmt"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/publication"
)

// control decides what is published of a cohort. It is the product's own, or a weakened one in a test.
type control func(live []definition.Observation, closed []definition.PeriodObservation) ([]definition.Observation, []definition.PeriodObservation, []disclosure.Suppressed, []disclosure.Suppressed)

// cellID identifies a value of the authority.
type cellID struct {
	indicator string
	kind      calendar.Kind
	ends      time.Time
}

// archive is what a reader has who stored every public page, and beside it the truth, by which a deduction is scored.
type archive struct {
	catalogue *definition.Catalogue
	apply     control
	truth     map[cellID]definition.Observation
	shown     map[cellID]definition.Observation
	// asked holds every cell that was decided on some page.
	asked map[cellID]bool
	// visible and decided count the values of all pages together.
	visible, decided int
}

// newArchive publishes one page after the other.
func newArchive(cohorts []exactCohort, settings config.Settings, schedule publication.Schedule, pages int, apply control) (*archive, error) {
	cal, err := settings.NewCalendar()
	if err != nil {
		return nil, err
	}
	catalogue, err := definition.Load(settings, definition.Embedded())
	if err != nil {
		return nil, err
	}
	a := &archive{catalogue: catalogue, apply: apply, truth: map[cellID]definition.Observation{}, shown: map[cellID]definition.Observation{}, asked: map[cellID]bool{}}
	filled := map[string]map[exactPeriod]bool{}
	for _, cohort := range cohorts {
		filled[cohort.Cohort] = map[exactPeriod]bool{}
		for _, period := range cohort.Filled {
			filled[cohort.Cohort][exactPeriod{period.Kind, period.Ends.UTC()}] = true
		}
		for _, value := range cohort.Values {
			indicator, err := catalogue.Indicator(value.Indicator)
			if err != nil {
				return nil, err
			}
			a.truth[cellID{value.Indicator, value.Kind, value.Ends.UTC()}] = definition.Observation{
				Indicator: indicator, Period: calendar.Period{AsOf: value.Ends, Kind: value.Kind, Starts: value.Starts.UTC(), Ends: value.Ends.UTC()},
				Value: value.Value, Numerator: value.Numerator, Denominator: value.Denominator, Rows: value.Rows,
			}
		}
	}
	open, err := openDays(cal, schedule.Kind, pages)
	if err != nil {
		return nil, err
	}
	for _, period := range open {
		for _, cohort := range catalogue.Cohorts {
			if filled[cohort.Name] != nil {
				a.publish(cal, schedule, cohort, period, filled[cohort.Name])
			}
		}
	}
	return a, nil
}

// publish adds the page of one cohort.
func (a *archive) publish(cal *calendar.Calendar, schedule publication.Schedule, cohort *definition.Cohort, open calendar.Period, filled map[exactPeriod]bool) {
	var live []definition.Observation
	for _, window := range schedule.Windows(cal, cohort, open) {
		live = append(live, a.observations(cohort, window)...)
	}
	periods := schedule.ReportPeriods(cal, cohort, open)
	var first time.Time
	for _, period := range periods {
		if filled[exactPeriod{period.Query.Kind, period.Query.Ends}] && (first.IsZero() || period.Query.Starts.Before(first)) {
			first = period.Query.Starts
		}
	}
	var closed []definition.PeriodObservation
	for _, period := range periods {
		if first.IsZero() || period.Period.Ends.Before(first) {
			continue
		}
		for _, observation := range a.observations(cohort, period.Query) {
			if observation.Value != nil {
				closed = append(closed, definition.PeriodObservation{ReportPeriod: period, Observation: observation})
			}
		}
	}
	windows, series, hidden, _ := a.apply(live, closed)
	a.visible += len(windows) + len(series)
	a.decided += len(windows) + len(hidden)
	for _, observation := range live {
		if observation.Value != nil {
			a.asked[id(observation)] = true
		}
	}
	for _, window := range windows {
		a.shown[id(window)] = window
	}
	for _, period := range series {
		a.asked[id(period.Observation)] = true
		a.shown[id(period.Observation)] = period.Observation
	}
}

func id(observation definition.Observation) cellID {
	return cellID{observation.Indicator.Name, observation.Period.Kind, observation.Period.Ends.UTC()}
}

func (a *archive) observations(cohort *definition.Cohort, period calendar.Period) []definition.Observation {
	var observations []definition.Observation
	for _, indicator := range cohort.Indicators {
		if exact, exists := a.truth[cellID{indicator.Name, period.Kind, period.Ends}]; exists {
			exact.Period = period
			observations = append(observations, exact)
		}
	}
	return observations
}

// isHidden reports whether a cell has a value that no page shows.
func (a *archive) isHidden(cell cellID) bool {
	_, shown := a.shown[cell]
	return a.asked[cell] && !shown
}

// hiddenSmall reports whether the truth of a ratio has a part of 1 to 5, and which.
func smallPart(exact definition.Observation) (part func(pair) int, small bool) {
	n, d := int(*exact.Numerator), int(*exact.Denominator)
	switch {
	case n >= 1 && n <= 5:
		return func(p pair) int { return p.n }, true
	case d-n >= 1 && d-n <= 5:
		return func(p pair) int { return p.d - p.n }, true
	}
	return nil, false
}

// pair is a candidate of a ratio: its numerator and denominator.
type pair struct{ n, d int }

func (p pair) plus(other pair) pair { return pair{p.n + other.n, p.d + other.d} }
func (p pair) String() string       { return fmt.Sprintf("%d of %d", p.n, p.d) }
