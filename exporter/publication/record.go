package publication

import (
	"encoding/json"
	"errors"
	"fmt"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/store"
)

// Record is the state file of the values that a source published: exact totals of the
// authority. They must outlive a restart: evaluated again, late records would change
// them in the middle of a period, and the public could subtract one value from the
// other.
type Record struct {
	store *store.Store
	file  *store.File
}

// Open opens the record of a source's public page.
func Open(state *store.Store, source string) *Record {
	return &Record{state, state.File(store.Published, source)}
}

// openReport opens the record of one public report.
func openReport(state *store.Store, source, period string) *Record {
	return &Record{state, state.File(store.PublishedReport, source+"-"+fileName(period))}
}

// Load reads the values of the cohorts that have any. Values of another version of a
// definition are left out, to be evaluated again. The error names what could not be
// read.
func (r *Record) Load(cohorts []*definition.Cohort) (map[string]Values, error) {
	byName := map[string]publishedPeriod{}
	content := r.file.Load(func(format int, record json.RawMessage) error {
		period, err := decode(format, record)
		if err == nil {
			byName[period.Cohort] = period
		}
		return err
	})
	loaded := map[string]Values{}
	for _, cohort := range cohorts {
		if values, current := byName[cohort.Name].values(cohort); current {
			loaded[cohort.Name] = values
		}
	}
	var problems []error
	for _, issue := range content.Issues {
		problems = append(problems, errors.New(issue.String()))
	}
	if len(problems) > 0 {
		return loaded, fmt.Errorf("%w; public values are evaluated again", errors.Join(problems...))
	}
	return loaded, nil
}

// Save replaces the values of all cohorts.
func (r *Record) Save(cohorts []*definition.Cohort, values map[string]Values) error {
	unlock, err := r.store.Lock()
	if err == nil {
		defer unlock()
		var records []any
		for _, cohort := range cohorts {
			if published := values[cohort.Name]; published.Period != "" {
				records = append(records, newPublishedPeriod(cohort, published))
			}
		}
		err = r.file.Save(store.Header{}, records)
	}
	if err != nil {
		return fmt.Errorf("%w; public values may change with a restart", err)
	}
	return nil
}
