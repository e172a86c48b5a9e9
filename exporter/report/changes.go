package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/revision"
)

// Changes lists what differs from the last report: definitions, and values that late
// records revised.
type Changes struct {
	// Since is the first day whose changes are listed.
	Since       string
	Definitions []ChangedDefinition
	Revisions   []ChangedValue
	// Compared is true where any value has a first reported one to compare with.
	Compared bool
	// RecordedSince is a sentence on when the recording of first reported values began.
	RecordedSince string
}

// ChangedDefinition is a definition whose meaning changed.
type ChangedDefinition struct {
	Title, Day, What string
	Version          int
}

// ChangedValue is a period whose value differs from the first reported one.
type ChangedValue struct{ Title, Text, Was, Now, StatusChange string }

// StatusChange is an indicator whose status differs from that of the period before.
type StatusChange struct {
	Line      *Line
	From, To  string
	Worsening bool
}

// addStatusChange notes an indicator that moved between statuses.
func (r *Report) addStatusChange(line *Line) {
	rank := map[string]int{"on": 1, "watch": 2, "off": 3}
	from, to := rank[line.Before.Class], rank[line.Status.Class]
	if from > 0 && to > 0 && from != to {
		r.StatusChanges = append(r.StatusChanges, StatusChange{line, line.Before.Word, line.Status.Word, to > from})
	}
}

func severity(t StatusChange) int {
	if t.Worsening {
		return 0
	}
	return 1
}

// changes lists what differs from the report before.
func (p *draft) changes(snapshots []*evaluate.Snapshot) Changes {
	since := p.changesSince()
	built := Changes{Since: formatDate(since.AddDate(0, 0, 1))}
	built.Compared = len(p.revisions) > 0
	for _, item := range p.builder.Catalogue.ChangeLog() {
		if item.Date.After(since) && (!p.request.Public || item.Indicator.Public != definition.PublicNone) {
			built.Definitions = append(built.Definitions, ChangedDefinition{item.Indicator.Title, formatDate(item.Date), item.What, item.Version})
		}
	}
	for _, chapter := range board.Chapters(p.builder.Catalogue) {
		for _, indicator := range chapter.Indicators(p.builder.Catalogue) {
			built.Revisions = append(built.Revisions, p.changedValues(indicator)...)
		}
	}
	built.RecordedSince = p.recordedSince(snapshots)
	return built
}

// recordedSince is a sentence on when the recording of first reported values began, or
// why there is none.
func (p *draft) recordedSince(snapshots []*evaluate.Snapshot) string {
	if p.request.Public {
		return ""
	}
	if !p.builder.Recorded {
		return "Values are not kept as first reported, because no folder is set for them (CSE_STATE_DIR); a revision cannot be told."
	}
	var since time.Time
	for _, snapshot := range snapshots {
		since = snapshot.FirstReportedSince
	}
	return "Values are kept as first reported since " + formatDate(calendar.Today(since)) + "."
}

// changedValues lists the periods of an indicator whose value, as printed, differs from
// the first reported one.
func (p *draft) changedValues(indicator *definition.Indicator) []ChangedValue {
	var changed []ChangedValue
	labels, _ := p.labelsOf(indicator)
	revisions := slices.Clone(p.revisions[indicator])
	slices.SortFunc(revisions, func(a, b revision.Revision) int { return cmp.Compare(b.Offset, a.Offset) })
	for _, item := range revisions {
		was, now := formatValue(indicator.Unit, item.FirstReported.Value), formatValue(indicator.Unit, *item.Observation.Value)
		if was == now || !slices.Contains(labels, item.Period.Label) {
			continue
		}
		changed = append(changed, ChangedValue{Title: indicator.Title, Text: item.Text(), Was: was, Now: now, StatusChange: p.statusChange(item)})
	}
	return changed
}

// statusChange is a sentence on a status that late records changed, empty where it is
// the same.
func (p *draft) statusChange(item revision.Revision) string {
	ratings := p.policy.PeriodRatings([]definition.PeriodObservation{item.AsFirstReported(), item.PeriodObservation})
	was, now := statusOf(ratings[0].Status, true, true), statusOf(ratings[1].Status, true, true)
	if was == now || was.Class == "" || now.Class == "" {
		return ""
	}
	return fmt.Sprintf("It was reported as %s and is now %s.", was.Word, now.Word)
}
