package collector

import (
	"time"

	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
)

// MeetingObservation is an indicator as it stood when the committee last met.
type MeetingObservation struct {
	Indicator *definition.Indicator
	Meeting   string
	Value     float64
	Status    *rag.Status
	// Recorded is true for what was kept on the day, false for what is worked out from
	// today's records because nothing was kept.
	Recorded bool
}

// FirstReported gives the values as they were first reported, for a report to add to.
func (c *Collector) FirstReported() *rag.FirstReportedStore { return c.first }

func (c *Collector) atMeeting(one definition.PeriodObservation) MeetingObservation {
	return MeetingObservation{
		Indicator: one.Observation.Indicator, Meeting: one.Period.Label, Value: *one.Observation.Value,
		Status: c.options.RAG.PeriodRatings([]definition.PeriodObservation{one})[0].Status,
	}
}

// keepFirst keeps what counts as first reported now, and sets beside every closed
// period, and beside the last meeting, what was kept of it.
func (c *Collector) keepFirst(cohorts []CohortState, newest, today time.Time) {
	now := c.options.Now()
	var firsts []rag.FirstReported
	for _, cohort := range cohorts {
		firsts = append(firsts, c.dueFirsts(cohort, newest, today, now)...)
	}
	if err := c.first.Save(firsts, now); err != nil {
		c.options.Log.Warn("first reported values", "source", c.source.Name, "why", err)
	}
	for i := range cohorts {
		c.setFirst(&cohorts[i])
	}
}

// dueFirsts are the values of a cohort that are to be kept, if none is yet. Only
// values read in this very collection are: older ones may be of yesterday.
func (c *Collector) dueFirsts(cohort CohortState, newest, today, now time.Time) []rag.FirstReported {
	if !cohort.Periods.Succeeded.Equal(cohort.Succeeded) {
		return nil
	}
	var firsts []rag.FirstReported
	for _, one := range cohort.Periods.Observations {
		if rag.IsDue(c.source.Calendar, one.ReportPeriod, today, c.first.Since(), newest) {
			firsts = append(firsts, rag.NewFirstReported(one, now, rag.ByDelay))
		}
	}
	for _, one := range cohort.Periods.Meeting {
		if one.Meeting != today.Format(time.DateOnly) {
			continue
		}
		firsts = append(firsts, rag.FirstReported{
			Indicator: one.Indicator.Name, Version: one.Indicator.Version, Kind: string(reportperiod.Meeting), Period: one.Meeting,
			Value: one.Value, RAG: one.Status, At: now.UTC().Truncate(time.Second), By: rag.ByMeeting,
		})
	}
	return firsts
}

func (c *Collector) setFirst(cohort *CohortState) {
	cohort.Periods.Revisions = nil
	for _, one := range cohort.Periods.Observations {
		indicator := one.Observation.Indicator
		if first, kept := c.first.Find(indicator.Name, indicator.Version, string(one.Period.Kind), one.Period.Label); kept && one.Offset > 0 {
			cohort.Periods.Revisions = append(cohort.Periods.Revisions, rag.Revision{PeriodObservation: one, FirstReported: first})
		}
	}
	meeting := append([]MeetingObservation{}, cohort.Periods.Meeting...)
	for i, one := range meeting {
		if first, kept := c.first.Find(one.Indicator.Name, one.Indicator.Version, string(reportperiod.Meeting), one.Meeting); kept {
			meeting[i].Value, meeting[i].Status, meeting[i].Recorded = first.Value, first.RAG, true
		}
	}
	cohort.Periods.Meeting = meeting
}
