package web

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"
)

// Desc defines one metric of the exporter's own: name, help, labels and pages. All are
// gauges. The metrics of the indicators are defined by their YAML files instead.
type Desc struct {
	Name, Help string
	Labels     []string
	// Paths are the pages that serve the metric. On any other page it is an error of
	// the scrape, so that nothing gets onto the public page by mistake.
	Paths []string
	desc  *prometheus.Desc
}

func newDesc(name, help string, paths, labels []string) Desc {
	return Desc{Name: name, Help: help, Labels: labels, Paths: paths, desc: prometheus.NewDesc(name, help, labels, nil)}
}

// The pages and the labels that several metrics share. They are never changed.
var (
	managersPage = []string{ManagersPath}
	publicPage   = []string{PublicPath}
	bothPages    = []string{ManagersPath, PublicPath}

	indicatorLabel  = []string{"indicator"}
	periodLabels    = []string{"indicator", "window", "period", "offset"}
	meetingLabels   = []string{"indicator", "meeting", "basis"}
	benchmarkLabels = []string{"indicator", "area_type", "area", "year"}
	sourceLabel     = []string{"source"}
	cohortLabel     = []string{"cohort"}
)

// Every indicator now, at its headline window, so that one scorecard, one set of
// alerts and one report serve all of them.
var (
	indicatorInfoDesc = newDesc("childrens_indicator_info",
		"An indicator and the version of its definition.",
		bothPages, []string{"indicator", "reference", "title", "topic", "unit", "better", "definition_version"})
	indicatorValueDesc = newDesc("childrens_indicator_value",
		"An indicator now, at its headline window.",
		bothPages, indicatorLabel)
	indicatorNumeratorDesc = newDesc("childrens_indicator_numerator",
		"The numerator of an indicator that is a ratio, at its headline window.",
		bothPages, indicatorLabel)
	indicatorDenominatorDesc = newDesc("childrens_indicator_denominator",
		"The denominator of an indicator that is a ratio, at its headline window.",
		bothPages, indicatorLabel)
	indicatorRAGDesc = newDesc("childrens_indicator_rag",
		"The status of an indicator against its target: 0 on target, 1 watch, 2 off target.",
		bothPages, indicatorLabel)
	indicatorRAGByTeamDesc = newDesc("childrens_indicator_rag_by_team",
		"The status of one team, by the rule of the authority: 0 on target, 1 watch, 2 off target.",
		managersPage, []string{"indicator", "team"})
	indicatorTargetDesc = newDesc("childrens_indicator_target",
		"The target of an indicator that is in force.",
		bothPages, indicatorLabel)
	indicatorToleranceDesc = newDesc("childrens_indicator_tolerance",
		"How far off its target an indicator is still watch.",
		bothPages, indicatorLabel)
	indicatorTrajectoryEndDesc = newDesc("childrens_indicator_trajectory_end",
		"What a target that moves day by day will have come to, and when.",
		bothPages, []string{"indicator", "ends"})
	indicatorLimitDesc = newDesc("childrens_indicator_limit",
		"A limit that an indicator is worked out with, as law, guidance or the council sets it.",
		bothPages, []string{"indicator", "limit", "unit"})
	indicatorOwnerInfoDesc = newDesc("childrens_indicator_owner_info",
		"Who answers for an indicator's target.",
		managersPage, []string{"indicator", "owner"})
	indicatorChangeInfoDesc = newDesc("childrens_indicator_change_info",
		"What a version of a definition counts differently from the one before.",
		managersPage, []string{"indicator", "definition_version", "date", "change"})
	indicatorSuppressedDesc = newDesc("childrens_indicator_suppressed",
		"1 where a value is suppressed so that it cannot identify a child.",
		publicPage, []string{"indicator", "reason", "window"})
)

// Every indicator for the periods of a report.
var (
	indicatorPeriodDesc = newDesc("childrens_indicator_period",
		"An indicator for a period, with what was recorded late; offset is 0 for the open period and 1 for the last closed one.",
		bothPages, periodLabels)
	indicatorPeriodNumeratorDesc = newDesc("childrens_indicator_period_numerator",
		"The numerator of an indicator for a period.",
		bothPages, periodLabels)
	indicatorPeriodDenominatorDesc = newDesc("childrens_indicator_period_denominator",
		"The denominator of an indicator for a period.",
		bothPages, periodLabels)
	indicatorPeriodRAGDesc = newDesc("childrens_indicator_period_rag",
		"The status of an indicator for a period: 0 on target, 1 watch, 2 off target.",
		bothPages, periodLabels)
	indicatorPeriodSuppressedDesc = newDesc("childrens_indicator_period_suppressed",
		"1 where closed periods of an indicator are suppressed so that none can identify a child.",
		publicPage, []string{"indicator", "reason", "window"})
	publicPeriodInfoDesc = newDesc("childrens_public_period_info",
		"The closed period that public values belong to.",
		publicPage, []string{"period"})
)

// Values as first reported, and as they were when the committee last met. From
// two values of one period the public could take one from the other, so that these
// are for managers.
var (
	indicatorFirstReportedDesc = newDesc("childrens_indicator_first_reported",
		"An indicator for a closed period as it was first reported; absent where that was not kept.",
		managersPage, periodLabels)
	indicatorFirstReportedNumeratorDesc = newDesc("childrens_indicator_first_reported_numerator",
		"The numerator of an indicator for a closed period as it was first reported.",
		managersPage, periodLabels)
	indicatorFirstReportedDenominatorDesc = newDesc("childrens_indicator_first_reported_denominator",
		"The denominator of an indicator for a closed period as it was first reported.",
		managersPage, periodLabels)
	indicatorFirstReportedTimestampDesc = newDesc("childrens_indicator_first_reported_timestamp_seconds",
		"When an indicator for a closed period was first reported.",
		managersPage, periodLabels)
	indicatorFirstReportedSinceDesc = newDesc("childrens_indicator_first_reported_since_timestamp_seconds",
		"From when values are kept as first reported; what was due before is not kept.",
		managersPage, sourceLabel)
	indicatorRevisionInfoDesc = newDesc("childrens_indicator_revision_info",
		"What was recorded after a period was first reported.",
		managersPage, []string{"indicator", "window", "period", "offset", "text"})
	indicatorLastMeetingDesc = newDesc("childrens_indicator_last_meeting",
		"An indicator when the committee last met: as recorded then, or recalculated where that was not kept.",
		managersPage, meetingLabels)
	indicatorLastMeetingRAGDesc = newDesc("childrens_indicator_last_meeting_rag",
		"The status of an indicator when the committee last met: 0 on target, 1 watch, 2 off target.",
		managersPage, meetingLabels)
)

// The council, published figures of others, and the council's own words.
var (
	authorityInfoDesc = newDesc("childrens_authority_info",
		"The council.",
		bothPages, []string{"name", "la_code", "authority_region"})
	benchmarkDesc = newDesc("childrens_benchmark",
		"The latest published figure of an area. childrens_benchmark_info says by whom, the handbook how the published measure differs.",
		bothPages, benchmarkLabels)
	benchmarkHistoryDesc = newDesc("childrens_benchmark_history",
		"Published figures of earlier years; of the statistical neighbours their mean alone.",
		bothPages, benchmarkLabels)
	benchmarkRankDesc = newDesc("childrens_benchmark_rank",
		"The council's place among the authorities with a figure, 1 the best, or the highest where neither way is better.",
		bothPages, []string{"indicator", "year"})
	benchmarkAuthoritiesDesc = newDesc("childrens_benchmark_authorities",
		"How many authorities have a figure.",
		bothPages, []string{"indicator", "year"})
	benchmarkInfoDesc = newDesc("childrens_benchmark_info",
		"Where the latest published figures of an indicator come from.",
		bothPages, []string{"indicator", "year", "publisher", "publication"})
	commentaryInfoDesc = newDesc("childrens_commentary_info",
		"The latest published commentary of the council on an indicator.",
		bothPages, []string{"indicator", "period", "text", "author_role", "action"})
	commentaryMissingDesc = newDesc("childrens_commentary_missing",
		"1 where an indicator needs a commentary on the quarter that closed last and has none.",
		bothPages, []string{"indicator", "period"})
	eventInfoDesc = newDesc("childrens_event_info",
		"An event that may explain a change of an indicator.",
		bothPages, []string{"event", "date"})
	eventTimestampDesc = newDesc("childrens_event_timestamp_seconds",
		"Noon of the day of an event.",
		bothPages, []string{"event"})
	dataQualityRowsDesc = newDesc("childrens_data_quality_rows",
		"Rows of a staging relation that a check finds wrong.",
		managersPage, []string{"source", "check"})
)

// The exporter's own health.
var (
	// The version collector of prometheus/common writes this family.
	buildInfoDesc = newDesc("childrens_exporter_build_info",
		"A metric with a constant '1' value labeled by version, revision, branch, goversion from which childrens_exporter was built, and the goos and goarch for the build.",
		managersPage, []string{"branch", "goarch", "goos", "goversion", "revision", "tags", "version"})
	upDesc = newDesc("childrens_exporter_up",
		"1 if the last collection could read the source.",
		managersPage, sourceLabel)
	staleDesc = newDesc("childrens_exporter_stale",
		"1 while values are older than they may be, or were never read.",
		bothPages, sourceLabel)
	sourceDataTimestampDesc = newDesc("childrens_exporter_source_data_timestamp_seconds",
		"Date of the latest event in the data.",
		bothPages, sourceLabel)
	guardHeldDesc = newDesc("childrens_exporter_guard_held",
		"1 while a guard holds back what was read last, with the reason.",
		managersPage, []string{"source", "reason"})
	cohortSuccessDesc = newDesc("childrens_exporter_cohort_success",
		"1 if the cohort's last evaluation succeeded.",
		managersPage, cohortLabel)
	cohortDurationDesc = newDesc("childrens_exporter_cohort_duration_seconds",
		"How long the cohort's last evaluation took.",
		managersPage, cohortLabel)
	cohortRowsDesc = newDesc("childrens_exporter_cohort_rows",
		"Rows of the cohort in its last evaluation.",
		managersPage, cohortLabel)
	cohortSeriesDesc = newDesc("childrens_exporter_cohort_series",
		"Samples of the cohort's last evaluation.",
		managersPage, cohortLabel)
	cohortLastSuccessTimestampDesc = newDesc("childrens_exporter_cohort_last_success_timestamp_seconds",
		"When the cohort was last read.",
		managersPage, cohortLabel)
	cohortPeriodsDurationDesc = newDesc("childrens_exporter_cohort_periods_duration_seconds",
		"How long the periods of the cohort's scorecard took.",
		managersPage, cohortLabel)
	cohortPeriodsLastSuccessTimestampDesc = newDesc("childrens_exporter_cohort_periods_last_success_timestamp_seconds",
		"When the periods of the cohort's scorecard were last read.",
		managersPage, cohortLabel)
	indicatorAvailableDesc = newDesc("childrens_exporter_indicator_available",
		"1 if the indicator is served, 0 if it is not.",
		managersPage, indicatorLabel)
	indicatorUnavailableReasonDesc = newDesc("childrens_exporter_indicator_unavailable_reason",
		"1 while an indicator is not served, with the reason.",
		managersPage, []string{"indicator", "reason"})
	rejectedEntriesDesc = newDesc("childrens_exporter_rejected_entries",
		"Entries of the council's own that cannot be used and are left out; the log names them.",
		managersPage, []string{"input"})
)

// Metrics lists every metric family of the exporter's own, in the order of this file.
func Metrics() []Desc {
	return []Desc{
		indicatorInfoDesc, indicatorValueDesc, indicatorNumeratorDesc, indicatorDenominatorDesc, indicatorRAGDesc,
		indicatorRAGByTeamDesc, indicatorTargetDesc, indicatorToleranceDesc, indicatorTrajectoryEndDesc, indicatorLimitDesc,
		indicatorOwnerInfoDesc, indicatorChangeInfoDesc, indicatorSuppressedDesc,
		indicatorPeriodDesc, indicatorPeriodNumeratorDesc, indicatorPeriodDenominatorDesc, indicatorPeriodRAGDesc,
		indicatorPeriodSuppressedDesc, publicPeriodInfoDesc,
		indicatorFirstReportedDesc, indicatorFirstReportedNumeratorDesc, indicatorFirstReportedDenominatorDesc,
		indicatorFirstReportedTimestampDesc, indicatorFirstReportedSinceDesc, indicatorRevisionInfoDesc,
		indicatorLastMeetingDesc, indicatorLastMeetingRAGDesc,
		authorityInfoDesc, benchmarkDesc, benchmarkHistoryDesc, benchmarkRankDesc, benchmarkAuthoritiesDesc, benchmarkInfoDesc,
		commentaryInfoDesc, commentaryMissingDesc, eventInfoDesc, eventTimestampDesc, dataQualityRowsDesc,
		buildInfoDesc, upDesc, staleDesc, sourceDataTimestampDesc, guardHeldDesc,
		cohortSuccessDesc, cohortDurationDesc, cohortRowsDesc, cohortSeriesDesc, cohortLastSuccessTimestampDesc,
		cohortPeriodsDurationDesc, cohortPeriodsLastSuccessTimestampDesc, indicatorAvailableDesc,
		indicatorUnavailableReasonDesc, rejectedEntriesDesc,
	}
}

// ServedAt reports whether a page serves the family.
func (d Desc) ServedAt(path string) bool { return slices.Contains(d.Paths, path) }
