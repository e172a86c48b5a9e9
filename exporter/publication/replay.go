package publication

import (
	"errors"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/store"
)

// Report is a public report on a period of one source.
type Report struct {
	Source string
	// Period is the label of the period.
	Period  string
	Cohorts []*definition.Cohort
}

// Replay returns the values of a public report and records them. A period that was
// published before, on the page or in a report, has the values of then: the difference
// of two values of one period would be the late records between them. With an error, a
// period without recorded values has the evaluated ones.
func Replay(state *store.Store, published Report, evaluated []definition.PeriodObservation) ([]definition.PeriodObservation, error) {
	if !state.Persistent() {
		return evaluated, nil
	}
	record := openReport(state, published.Source, published.Period)
	onPage, pageErr := Open(state, published.Source).Load(published.Cohorts)
	inReport, reportErr := record.Load(published.Cohorts)
	if err := errors.Join(pageErr, reportErr); err != nil {
		return evaluated, err
	}
	byCohort := map[string][]definition.PeriodObservation{}
	for _, value := range evaluated {
		name := value.Observation.Indicator.Cohort.Name
		byCohort[name] = append(byCohort[name], value)
	}
	var replayed []definition.PeriodObservation
	recorded := map[string]Values{}
	for _, cohort := range published.Cohorts {
		var values Values
		if page := onPage[cohort.Name]; page.Period == published.Period {
			values = page
		}
		if earlier, exists := inReport[cohort.Name]; exists {
			values.Observations = earlier.Observations
			if earlier.Series != nil {
				values.Series = earlier.Series
			}
		}
		if values.Series == nil {
			values.Series = byCohort[cohort.Name]
		}
		values.Period = published.Period
		recorded[cohort.Name] = values
		replayed = append(replayed, values.Series...)
	}
	return replayed, record.Save(published.Cohorts, recorded)
}

// fileName is a period as a part of a file's name.
func fileName(period string) string { return strings.ReplaceAll(period, " ", "-") }
