// Package evaluate turns an open session of a source into one immutable snapshot:
// live values, report periods, published values, targets, ratings, revisions and
// commentary. It is the one way from the database to a number, for the exporter and
// for every command.
package evaluate

import (
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/staging"
	"childrens-services-exporter/exporter/unavailable"
)

// Snapshot is what is known of one source at one moment. It is never changed once it
// is published: a scrape is a function of it and of the time.
type Snapshot struct {
	Source string
	// Attempted is when the last evaluation ended, zero before the first.
	Attempted time.Time
	// Up is true if the last evaluation could read the source, even if the guard then
	// held it back.
	Up bool
	// Succeeded is when the last accepted evaluation ended.
	Succeeded time.Time
	// Newest is the date of the latest event in the data.
	Newest time.Time
	// Held maps a guard's reason to its explanation while it holds the source back.
	Held map[unavailable.Reason]string
	// Problem is why the last evaluation failed, in plain words.
	Problem string
	Tables  []guard.TableStats
	// Targets are those in force: every value is rated by them.
	Targets rag.Targets
	// TargetTable holds the valid rows of the source's own table of targets.
	TargetTable rag.TargetTable
	// Issues are the rows of the table of targets that are left out.
	Issues []config.Issue
	// Commentary is the commentary and events of the council's tables, and
	// HasCommentary is true where there is a table of commentary.
	Commentary    commentary.Collection
	HasCommentary bool
	// FirstReportedSince is from when values are recorded as first reported.
	FirstReportedSince time.Time
	// StateIssues are what could not be read of the state directory.
	StateIssues []config.Issue
	// Cohorts are in the order of the definitions.
	Cohorts []CohortSnapshot

	ratedBy ratedBy
}

// CohortSnapshot is what is known of one cohort: the last values it gave and how its
// last evaluation went.
type CohortSnapshot struct {
	Cohort *definition.Cohort
	// Succeeded is when Live was read; zero if it never was.
	Succeeded time.Time
	Duration  time.Duration
	Rows      int64
	// Series is how many samples Live is published in.
	Series int
	// Live holds the observations as of today, Ratings the rating of each indicator at
	// its headline window, and TeamRatings those of its teams.
	Live        []definition.Observation
	Ratings     []rag.Rating
	TeamRatings []rag.TeamRating
	// Published holds the exact values of the period that is open to the public, and
	// Page what disclosure control leaves of them.
	Published publication.Values
	Page      publication.Page
	Periods   PeriodSnapshot
	// Problem and Reason are why the last evaluation failed.
	Problem string
	Reason  unavailable.Reason
	// Withdrawn are the indicators and breakdowns that cannot be had though the cohort can.
	Withdrawn []staging.Withdrawal
}

// PeriodSnapshot is what is known of a cohort's report periods.
type PeriodSnapshot struct {
	// Observations are those of the open and the closed periods, evaluated again each
	// time so that what was recorded late is in them, and Ratings their ratings in the
	// same order.
	Observations []definition.PeriodObservation
	Ratings      []rag.PeriodRating
	// Meeting holds the indicators as they stood at the last meeting.
	Meeting []MeetingObservation
	// Revisions are the closed periods of which a first reported value is recorded.
	Revisions []revision.Revision
	// Succeeded is when they were read; zero if they never were.
	Succeeded time.Time
	Attempted time.Time
	Duration  time.Duration
	// Problem and Reason are why the last attempt failed.
	Problem string
	Reason  unavailable.Reason
}

// MeetingObservation is an indicator as it stood when the committee last met.
type MeetingObservation struct {
	Indicator *definition.Indicator
	Meeting   string
	Value     float64
	Status    *rag.Status
	// Recorded is true for what was recorded on the day, false for what is calculated
	// from today's records because nothing was recorded.
	Recorded bool

	observation definition.PeriodObservation
}

// Cohort finds a cohort's snapshot by name; it is empty where there is none.
func (s *Snapshot) Cohort(name string) CohortSnapshot {
	for _, cohort := range s.Cohorts {
		if cohort.Cohort.Name == name {
			return cohort
		}
	}
	return CohortSnapshot{}
}

// byName gives the cohorts by name.
func (s *Snapshot) byName() map[string]CohortSnapshot {
	cohorts := make(map[string]CohortSnapshot, len(s.Cohorts))
	for _, cohort := range s.Cohorts {
		cohorts[cohort.Cohort.Name] = cohort
	}
	return cohorts
}

// IsFresh reports whether values read at a time may still be shown.
func IsFresh(read, now time.Time, maxAge time.Duration) bool {
	return !read.IsZero() && now.Sub(read) <= maxAge
}

// isDue reports whether report periods are to be evaluated again. Twenty periods cost
// more than one day, and a closed quarter changes with late records only; but at
// midnight the open period becomes another.
func (s PeriodSnapshot) isDue(now time.Time, interval time.Duration) bool {
	if s.Problem != "" {
		interval /= 4
	}
	return s.Attempted.IsZero() || now.Sub(s.Attempted) >= interval || now.Before(s.Attempted) ||
		!calendar.Today(now).Equal(calendar.Today(s.Attempted))
}

// newestEvent is the date of the latest event of all tables. It may go back: a visit
// that was entered by mistake must not make a source look fresh for ever.
func newestEvent(tables []guard.TableStats) time.Time {
	var newest time.Time
	for _, table := range tables {
		if table.Newest.After(newest) {
			newest = table.Newest
		}
	}
	return newest
}
