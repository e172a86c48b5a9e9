package evaluate

import (
	"encoding/json"
	"time"

	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/revision"
	"childrens-services-exporter/exporter/store"
)

// loadTargets reads the last accepted table of targets from its state file: the public
// page outlives a restart, and needs the same targets before the database answers.
func (e *Evaluator) loadTargets() (table counciltables.TargetTable, exists bool) {
	content := e.targets.Load(func(_ int, record json.RawMessage) error {
		exists = true
		return json.Unmarshal(record, &table)
	})
	for _, issue := range content.Issues {
		e.log.Warn("the table of targets is in force once it is read again", "err", issue.String())
		exists = false
	}
	return table, exists
}

// saveTargets writes the table of targets, if there is or was one.
func (e *Evaluator) saveTargets(table counciltables.TargetTable) {
	if len(table.Rows) == 0 && !e.targets.Exists() {
		return
	}
	unlock, err := e.options.State.Lock()
	if err == nil {
		defer unlock()
		err = e.targets.Save(store.Header{}, []any{table})
	}
	if err != nil {
		e.log.Warn("the table of targets does not outlive a restart", "err", err)
	}
}

// savePublished writes the published values where a cohort has a period, or a series,
// that it had not.
func (e *Evaluator) savePublished(previous, next *Snapshot) {
	before, published, opened := previous.byName(), map[string]publication.Values{}, false
	for _, cohort := range next.Cohorts {
		earlier := before[cohort.Cohort.Name].Published
		opened = opened || cohort.Published.Period != earlier.Period || earlier.Series == nil && cohort.Published.Series != nil
		published[cohort.Cohort.Name] = cohort.Published
	}
	if !opened {
		return
	}
	if err := e.published.Save(e.cohorts, published); err != nil {
		e.log.Warn("the public page may change", "err", err)
	}
}

// recordFirstReported records what counts as first reported now, and sets beside every
// closed period, and beside the last meeting, what was recorded of it.
func (e *Evaluator) recordFirstReported(request Request, next *Snapshot) {
	if request.Periods.Public {
		e.replayPublished(request, next)
		return
	}
	now := e.options.Now()
	var values []revision.FirstReported
	for _, cohort := range next.Cohorts {
		values = append(values, e.dueValues(request, next, cohort)...)
	}
	if err := e.firstReported.Add(values, now); err != nil {
		e.log.Warn("a first reported value may be lost", "err", err)
	}
	for i := range next.Cohorts {
		e.setRecorded(&next.Cohorts[i].Periods)
	}
}

// dueValues lists the values of a cohort that are to be recorded, unless there is an
// entry already. Only values of this evaluation count: older ones may be of yesterday.
func (e *Evaluator) dueValues(request Request, next *Snapshot, cohort CohortSnapshot) []revision.FirstReported {
	now, today := e.options.Now(), request.Read.AsOf
	if request.Periods.Report.Label != "" {
		return lastClosed(cohort.Periods.Observations, next.Newest, today, now)
	}
	if !cohort.Periods.Succeeded.Equal(cohort.Succeeded) {
		return nil
	}
	var values []revision.FirstReported
	on := revision.Availability{Today: today, Since: e.firstReported.Since(), Newest: next.Newest}
	for _, observation := range cohort.Periods.Observations {
		if revision.IsDue(e.source.Calendar, observation.ReportPeriod, on) {
			values = append(values, revision.NewFirstReported(observation, now, revision.ByDelay))
		}
	}
	for _, meeting := range cohort.Periods.Meeting {
		if meeting.Meeting != today.Format(time.DateOnly) {
			continue
		}
		values = append(values, revision.FirstReported{
			Indicator: meeting.Indicator.Name, Version: meeting.Indicator.Version, Window: string(reportperiod.Meeting), Period: meeting.Meeting,
			Value: meeting.Value, RAG: meeting.Status, At: now.UTC().Truncate(time.Second), By: revision.ByMeeting,
		})
	}
	return values
}

// lastClosed lists the values that a report records as first reported: those of the
// last closed period, if the data reach its end.
func lastClosed(observations []definition.PeriodObservation, newest, today, now time.Time) []revision.FirstReported {
	var values []revision.FirstReported
	for _, observation := range observations {
		if observation.Offset == 1 && !observation.Period.Ends.After(newest) && observation.Period.Ends.Before(today) {
			values = append(values, revision.NewFirstReported(observation, now, revision.ByReport))
		}
	}
	return values
}

// setRecorded sets what was recorded beside the periods and the last meeting.
func (e *Evaluator) setRecorded(periods *PeriodSnapshot) {
	periods.Revisions = e.firstReported.Revisions(periods.Observations)
	for i, meeting := range periods.Meeting {
		first, exists := e.firstReported.Find(meeting.Indicator.Name, meeting.Indicator.Version, string(reportperiod.Meeting), meeting.Meeting)
		if exists {
			periods.Meeting[i].Value, periods.Meeting[i].Status, periods.Meeting[i].Recorded = first.Value, first.RAG, true
		}
	}
}

// replayPublished replaces the values of a public report by those published before,
// where there are any.
func (e *Evaluator) replayPublished(request Request, next *Snapshot) {
	var evaluated []definition.PeriodObservation
	for _, cohort := range next.Cohorts {
		evaluated = append(evaluated, cohort.Periods.Observations...)
	}
	report := publication.Report{Source: e.source.Name, Period: request.Periods.Report.Label, Cohorts: e.cohorts}
	published, err := publication.Replay(e.options.State, report, evaluated)
	if err != nil {
		e.log.Warn("the report may differ when it is written again", "err", err)
	}
	byCohort := map[*definition.Cohort][]definition.PeriodObservation{}
	for _, value := range published {
		cohort := value.Observation.Indicator.Cohort
		byCohort[cohort] = append(byCohort[cohort], value)
	}
	for i := range next.Cohorts {
		cohort := &next.Cohorts[i]
		cohort.Periods.Observations = byCohort[cohort.Cohort]
		next.ratedBy.rate(cohort)
	}
}
