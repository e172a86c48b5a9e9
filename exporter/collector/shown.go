package collector

import (
	"path/filepath"
	"strings"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/source"
)

// ReplayPublished gives the readings of a paper for the public. Of a period that the
// public was shown before, on its page or in a paper, it gives what was shown
// then: from two readings of one period the late records between them could be
// taken. What it gives is kept in the state directory, if there is one.
func ReplayPublished(stateDir string, source *source.Source, label string, fresh []definition.PeriodObservation) ([]definition.PeriodObservation, error) {
	if stateDir == "" {
		return fresh, nil
	}
	paper := filepath.Join(stateDir, "paper-"+source.Name+"-"+strings.ReplaceAll(label, " ", "-")+".json")
	onPage, err := readKept(filepath.Join(stateDir, publicFileOf(source.Name)))
	if err != nil {
		return fresh, err
	}
	inPaper, err := readKept(paper)
	if err != nil {
		return fresh, err
	}
	byCohort := map[string][]definition.PeriodObservation{}
	for _, one := range fresh {
		name := one.Observation.Indicator.Cohort.Name
		byCohort[name] = append(byCohort[name], one)
	}
	var shown []definition.PeriodObservation
	keeping := map[string]keptPeriod{}
	for _, cohort := range source.Catalogue.Cohorts {
		if cohort.Source != source.Name {
			continue
		}
		state := CohortState{Cohort: cohort}
		if before := onPage[cohort.Name]; before.Period == label {
			state.restore(before)
		}
		if before, written := inPaper[cohort.Name]; written {
			state.restore(before)
		}
		if state.PublishedSeries == nil {
			state.PublishedSeries = byCohort[cohort.Name]
		}
		state.PublishedPeriod = label
		keeping[cohort.Name] = state.kept()
		shown = append(shown, state.PublishedSeries...)
	}
	return shown, writeKept(paper, keeping)
}
