package evaluate

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/rag"
)

// ratedBy is what the values of a snapshot are rated by, besides the targets.
type ratedBy struct {
	policy     rag.Policy
	disclosure disclosure.Policy
	// day is the day whose targets live values are rated by, publicDay that for the
	// values of the public page.
	day, publicDay time.Time
}

// WithTargets gives the snapshot with other targets in force, each of its values
// rated by them. A council may keep the targets of one source in a table of another.
func (s *Snapshot) WithTargets(targets rag.Targets) *Snapshot {
	next := *s
	next.Targets = targets
	next.ratedBy.policy.Targets = targets
	next.Cohorts = slices.Clone(s.Cohorts)
	for i := range next.Cohorts {
		next.ratedBy.rate(&next.Cohorts[i])
	}
	return &next
}

func (r ratedBy) rate(cohort *CohortSnapshot) {
	cohort.Ratings = r.policy.Ratings(cohort.Live, r.day)
	cohort.TeamRatings = r.policy.TeamRatings(cohort.Live, r.day)
	cohort.Page = cohort.Published.Page(r.disclosure, r.policy, r.publicDay)
	cohort.Periods.Ratings = r.policy.PeriodRatings(cohort.Periods.Observations)
	meeting := slices.Clone(cohort.Periods.Meeting)
	for i := range meeting {
		if !meeting[i].Recorded {
			meeting[i].Status = r.policy.PeriodRatings([]definition.PeriodObservation{meeting[i].observation})[0].Status
		}
	}
	cohort.Periods.Meeting = meeting
}
