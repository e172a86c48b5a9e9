// Package collector reads the sources in the background and keeps what it found,
// so that a scrape only ever reads memory.
package collector

import (
	"time"

	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/unavailable"
)

// State is what is known of one source at one moment. It is never changed once
// it is published; a collection publishes a new one.
type State struct {
	Source string
	// Attempted is when the last collection ended, zero before the first.
	Attempted time.Time
	// Up is true if the last collection could read the source, even if a guard
	// then held it back.
	Up bool
	// Succeeded is when the last collection that was believed ended.
	Succeeded time.Time
	// Newest is the date of the latest event in the data.
	Newest time.Time
	// Held maps a guard's reason to why it holds the source back.
	Held map[unavailable.Reason]string
	// Problem says in plain words why the last collection failed.
	Problem string
	Tables  []guard.TableStats
	// Issues are the rows of the table of targets that are left out.
	Issues []config.Issue
	// Commentary is what the council's tables of commentary and events say, Speaks whether
	// it has the first.
	Commentary    commentary.Collection
	HasCommentary bool
	// Cohorts are in the order of the catalogue.
	Cohorts []CohortState
}

// CohortState is what is known of one cohort: the last values it gave and how
// its last evaluation went.
type CohortState struct {
	Cohort *definition.Cohort
	// Succeeded is when Live was read; zero if it never was.
	Succeeded time.Time
	Duration  time.Duration
	Rows      int64
	// Live holds the readings as of today.
	Live []definition.Observation
	// Published holds the readings of the last period open to the public, which
	// stay as they were first worked out until the next period.
	Published       []definition.Observation
	PublishedPeriod string
	// PublishedSeries holds the closed periods up to it, worked out at that moment
	// too, and nil if they were not yet.
	PublishedSeries []definition.PeriodObservation
	Periods         PeriodState
	// Problem and Reason say why the last evaluation gave nothing.
	Problem string
	Reason  unavailable.Reason
}

// Cohort finds a cohort's state by name.
func (s *State) cohort(name string) CohortState {
	for _, cohort := range s.Cohorts {
		if cohort.Cohort.Name == name {
			return cohort
		}
	}
	return CohortState{}
}

// Fresh reports whether values read at a time may still be shown.
func Fresh(read, now time.Time, maxAge time.Duration) bool {
	return !read.IsZero() && now.Sub(read) <= maxAge
}
