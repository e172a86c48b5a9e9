package reportperiod

import (
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// Meeting is the kind of a day on which the committee met.
const Meeting calendar.Kind = "meeting"

// ReadMeetings reads the days on which the committee meets from the settings, in order.
func ReadMeetings(settings config.Settings) ([]time.Time, []config.Issue) {
	var meetings []time.Time
	var issues []config.Issue
	for _, node := range settings.Meetings.Content {
		meeting, err := time.Parse(time.DateOnly, node.Value)
		if err != nil {
			issues = append(issues, config.Issue{Input: "meetings", Message: settings.At(node.Line) + ": meetings: an entry is not a day such as 2026-06-16; the entry is left out"})
			continue
		}
		meetings = append(meetings, meeting)
	}
	slices.SortFunc(meetings, time.Time.Compare)
	return meetings, issues
}

// LastMeeting is the last meeting up to a day, and false where there was none.
func LastMeeting(meetings []time.Time, today time.Time) (time.Time, bool) {
	for _, meeting := range slices.Backward(meetings) {
		if !meeting.After(today) {
			return meeting, true
		}
	}
	return time.Time{}, false
}

// AtMeeting lists what a cohort is queried for so that each of its indicators has its headline as seen from a meeting.
func AtMeeting(cal *calendar.Calendar, cohort *definition.Cohort, meeting time.Time) []calendar.ReportPeriod {
	day := calendar.Period{AsOf: meeting, Kind: Meeting, Label: meeting.Format(time.DateOnly), Starts: meeting, Ends: meeting}
	var periods []calendar.ReportPeriod
	for _, kind := range cohort.Windows {
		if slices.ContainsFunc(cohort.Indicators, func(i *definition.Indicator) bool { return i.Headline == kind }) {
			periods = append(periods, calendar.ReportPeriod{Period: day, Query: cohort.Period(cal, kind, meeting)})
		}
	}
	return periods
}
