package rag

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// ReportPeriod is a period of a scorecard, for one cohort.
type ReportPeriod struct {
	// Period is the period as a committee names it, such as 2025-26 Q4.
	Period calendar.Period
	// Offset is 0 for the open period, 1 for the last that closed.
	Offset int
	// Query is what the cohort is asked for: Shown itself for a flow, the day it
	// ends on for a state on a day.
	Query calendar.Period
}

// PeriodObservation is one indicator's value for a period of a scorecard.
type PeriodObservation struct {
	ReportPeriod
	Observation definition.Observation
}

// kindBack is how far a scorecard goes back in a kind of period.
type kindBack struct {
	kind calendar.Kind
	// back is how many closed periods are shown.
	back int
	// year is how many of them make a year.
	year int
}

// reportedBack lists the kinds of period of a scorecard, the first that an
// indicator has being the one it is judged by: school figures have no quarters
// but terms, the return on EHC plans has calendar years.
//
// Eight quarters and three years show a direction; of months there are thirteen,
// so that one has the same month of last year beside it.
func reportedBack() []kindBack {
	return []kindBack{
		{calendar.Quarter, 8, 4}, {calendar.Term, 9, 3}, {calendar.AcademicYear, 3, 1},
		{calendar.CalendarYear, 3, 1}, {calendar.FinancialYear, 3, 1}, {calendar.Month, 13, 12},
	}
}

func backOf(kind calendar.Kind) kindBack {
	for _, one := range reportedBack() {
		if one.kind == kind {
			return one
		}
	}
	return kindBack{kind: kind, back: -1}
}

// WithinHorizon reports whether a scorecard goes back as far as a period.
func WithinHorizon(kind calendar.Kind, back int) bool { return back <= backOf(kind).back }

// ReportPeriods lists the periods of a cohort's scorecard as seen on a day, the open
// one of each kind first.
//
// A state on a day is taken at the end of each month, quarter and financial year.
// A flow has those kinds that it is published for; one that is published for
// years alone, such as a turnover, has the twelve months to the end of each
// month and quarter, since a quarter's turnover would be read as a year's.
func ReportPeriods(cal *calendar.Calendar, cohort *definition.Cohort, today time.Time) []ReportPeriod {
	var periods []ReportPeriod
	for _, one := range reportedBack() {
		asked := askedFor(cohort, one.kind)
		if asked == "" {
			continue
		}
		for back := range one.back + 1 {
			shown, err := cal.ReportPeriod(one.kind, today, back)
			if err != nil {
				panic(err) // every kind of the list follows another of its kind
			}
			reported := ReportPeriod{Period: shown, Offset: back, Query: shown}
			if asked != one.kind {
				reported.Query = cohort.Period(cal, asked, shown.Ends)
			}
			periods = append(periods, reported)
		}
	}
	return periods
}

// askedFor is the kind of period in which a cohort answers for a reported kind,
// empty if it does not.
func askedFor(cohort *definition.Cohort, kind calendar.Kind) calendar.Kind {
	april := kind == calendar.Month || kind == calendar.Quarter || kind == calendar.FinancialYear
	has := func(kind calendar.Kind) bool { return slices.Contains(cohort.Windows, kind) }
	switch {
	case has(kind):
		return kind
	case april && cohort.Snapshot():
		return calendar.Snapshot
	case april && !has(calendar.Month) && !has(calendar.Quarter) && has(calendar.Rolling12Months):
		return calendar.Rolling12Months
	}
	return ""
}

// QueryPeriods lists what a cohort is to be asked for, each period once.
func QueryPeriods(periods []ReportPeriod) []calendar.Period {
	asked := make([]calendar.Period, len(periods))
	for i, one := range periods {
		asked[i] = one.Query
	}
	return calendar.Unique(asked)
}

// PeriodObservations pairs an answer with the periods that it was asked for. A period without
// a value is left out, and so is one before the first in which the cohort has a
// row: what was not recorded yet is not known to be nothing.
func PeriodObservations(answer *definition.Result, periods []ReportPeriod, populations definition.Populations) []PeriodObservation {
	begin, known := firstKnown(answer, periods)
	var filled []PeriodObservation
	for _, one := range periods {
		if !known || one.Period.Ends.Before(begin) {
			continue
		}
		for _, reading := range answer.Totals(one.Query, populations) {
			if reading.Value != nil && (one.Period.Kind != Meeting || one.Query.Kind == reading.Indicator.Headline) {
				filled = append(filled, PeriodObservation{one, reading})
			}
		}
	}
	return filled
}

// firstKnown is the first day of the earliest period that has a row, and false
// where none has.
func firstKnown(answer *definition.Result, periods []ReportPeriod) (begin time.Time, known bool) {
	for _, one := range periods {
		if answer.Rows(one.Query) > 0 && (!known || one.Query.Starts.Before(begin)) {
			begin, known = one.Query.Starts, true
		}
	}
	return begin, known
}

// Meeting is the kind of a day on which the committee met.
const Meeting calendar.Kind = "meeting"

// LastMeeting is the last meeting up to a day, and false where there was none.
func LastMeeting(meetings []time.Time, today time.Time) (time.Time, bool) {
	for _, meeting := range slices.Backward(meetings) {
		if !meeting.After(today) {
			return meeting, true
		}
	}
	return time.Time{}, false
}

// MeetingPeriods lists what a cohort is to be asked for so that each of its indicators
// has its headline as seen from a meeting.
func MeetingPeriods(cal *calendar.Calendar, cohort *definition.Cohort, meeting time.Time) []ReportPeriod {
	shown := calendar.Period{AsOf: meeting, Kind: Meeting, Label: meeting.Format(time.DateOnly), Starts: meeting, Ends: meeting}
	var asked []ReportPeriod
	for _, kind := range cohort.Windows {
		if slices.ContainsFunc(cohort.Indicators, func(i *definition.Indicator) bool { return i.Headline == kind }) {
			asked = append(asked, ReportPeriod{Period: shown, Query: cohort.Period(cal, kind, meeting)})
		}
	}
	return asked
}
