package report

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"childrens-services-exporter/exporter/benchmark"
	"childrens-services-exporter/exporter/board"
	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/evaluate"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/reportperiod"
	"childrens-services-exporter/exporter/revision"
)

// ErrNoData is the error of a report on a period before the data begin.
var ErrNoData = errors.New("the data do not reach back to it")

// Report is the content of the report, formatted.
type Report struct {
	Title, Authority, Period, Span, Written string
	ToDate, Public                          bool
	// Notes are what a reader has to know before the numbers.
	Notes []string
	// Columns are the labels of the periods, the report's last.
	Columns       []string
	OffFirst      []*Line
	StatusChanges []StatusChange
	Changes       Changes
	Chapters      []Chapter
	NoData        []Missing
	// MinDenominator is the smallest denominator that has a status.
	MinDenominator float64
	// Style is the style sheet of the page.
	Style string

	request Request
}

// Chapter is one topic with its lines.
type Chapter struct {
	Number                   int
	Title, About, File       string
	Lines                    []*Line
	Off, Watch, On, NotRated int
}

// Wide is how many cells a row of a chapter's table has.
func (r *Report) Wide() int { return len(r.Columns) + 5 }

// Missing is an indicator without a value in any period shown.
type Missing struct{ Title, Reason string }

// draft is a report in the making.
type draft struct {
	builder     Builder
	request     Request
	labels      []string
	comparisons map[string][]Comparison
	// policy rates the observations, by the targets in force.
	policy rag.Policy
	// ratings, revisions and the labels of suppressed periods are by indicator; a
	// public report has only ratings that passed disclosure control.
	ratings     map[*definition.Indicator][]rag.PeriodRating
	revisions   map[*definition.Indicator][]revision.Revision
	suppressed  map[*definition.Indicator]map[string]bool
	unavailable map[string]string
}

// Build makes a report from the snapshots of the sources. The error is ErrNoData where
// the data begin later.
func (c Builder) Build(request Request, snapshots []*evaluate.Snapshot) (*Report, error) {
	p := &draft{
		builder: c, request: request, ratings: map[*definition.Indicator][]rag.PeriodRating{},
		revisions: map[*definition.Indicator][]revision.Revision{}, suppressed: map[*definition.Indicator]map[string]bool{}, unavailable: map[string]string{},
	}
	for offset := columns - 1; offset >= 0; offset-- {
		earlier, err := request.earlier(c.Calendar, offset)
		if err != nil {
			return nil, fmt.Errorf("report by %s: %w", request.Period.Kind, err)
		}
		p.labels = append(p.labels, earlier.Label)
	}
	p.policy = c.RAG
	for _, snapshot := range snapshots {
		p.policy.Targets = snapshot.Targets
		p.builder.Commentary = p.builder.Commentary.Merge(snapshot.Commentary)
	}
	p.loadComparisons()
	for _, item := range snapshots {
		p.add(item)
	}
	if !p.hasData(snapshots) {
		return nil, ErrNoData
	}
	r := &Report{
		Title: "Children's services: " + request.Period.Label, Authority: c.Settings.Authority.Name, Period: request.Period.Label,
		Span: formatSpan(request.Period.Starts, request.Ends(), request.Open()), Written: formatDate(calendar.Today(request.Now)),
		ToDate: request.Open(), Public: request.Public, Columns: p.labels, Style: style, MinDenominator: c.RAG.MinDenominator, request: request,
	}
	r.Notes = p.notes(snapshots)
	for number, chapter := range board.Chapters(c.Catalogue) {
		p.chapter(r, number+1, chapter)
	}
	// Changes for the worse come first.
	slices.SortStableFunc(r.StatusChanges, func(a, b StatusChange) int { return cmp.Compare(severity(a), severity(b)) })
	r.Changes = p.changes(snapshots)
	return r, nil
}

// hasData reports whether the data reach back to the report's own period: at least a
// tenth of the cohorts must have it. A few cohorts go back a century, as schools do, or
// have a stray date.
func (p *draft) hasData(snapshots []*evaluate.Snapshot) bool {
	exists, answered := map[string]bool{}, 0
	for _, item := range snapshots {
		for _, cohort := range item.Cohorts {
			if !cohort.Periods.Succeeded.IsZero() {
				answered++
			}
			for _, observation := range cohort.Periods.Observations {
				// A cohort without the report's kind of period counts by any
				// observation.
				if observation.Period.Kind != p.request.Period.Kind || observation.Period.Label == p.request.Period.Label {
					exists[cohort.Cohort.Name] = true
				}
			}
		}
	}
	return len(exists) > 0 && len(exists)*10 >= answered
}

// add collects the ratings and revisions of a source, after disclosure control in a
// public report.
func (p *draft) add(snapshot *evaluate.Snapshot) {
	for _, cohort := range snapshot.Cohorts {
		if cohort.Periods.Problem != "" {
			p.unavailable[cohort.Cohort.Name] = cohort.Periods.Problem
		}
		ratings := cohort.Periods.Ratings
		if p.request.Public {
			ratings = p.suppress(cohort.Periods.Observations)
		}
		for _, rating := range ratings {
			p.ratings[rating.Observation.Indicator] = append(p.ratings[rating.Observation.Indicator], rating)
		}
		for _, item := range cohort.Periods.Revisions {
			p.revisions[item.Observation.Indicator] = append(p.revisions[item.Observation.Indicator], item)
		}
	}
}

// suppress applies disclosure control to observations and rates what is left. It
// records which periods are suppressed.
func (p *draft) suppress(observations []definition.PeriodObservation) []rag.PeriodRating {
	publishable, _ := p.builder.Disclosure.PublishPeriods(observations)
	published := map[*definition.Indicator]map[string]bool{}
	for _, item := range publishable {
		if published[item.Observation.Indicator] == nil {
			published[item.Observation.Indicator] = map[string]bool{}
		}
		published[item.Observation.Indicator][item.Period.Label] = true
	}
	for _, item := range observations {
		indicator := item.Observation.Indicator
		if indicator.Public == definition.PublicNone || published[indicator][item.Period.Label] {
			continue
		}
		if p.suppressed[indicator] == nil {
			p.suppressed[indicator] = map[string]bool{}
		}
		p.suppressed[indicator][item.Period.Label] = true
	}
	return p.policy.PeriodRatings(publishable)
}

// neighbours is the short name of the statistical neighbours, for a narrow column.
const neighbours = "Neighbours"

// loadComparisons finds the published figures of neighbours, region and England.
func (p *draft) loadComparisons() {
	p.comparisons = map[string][]Comparison{}
	if p.builder.Benchmarks == nil {
		return
	}
	view := p.builder.Benchmarks.For(p.builder.Settings.Authority.LACode, func(string) (bool, bool) { return false, false })
	for _, areaType := range []string{benchmark.Neighbours, benchmark.Region, benchmark.England} {
		for _, item := range view.Figures {
			indicator, err := p.builder.Catalogue.Indicator(item.Indicator)
			// The count of a region or of England is not comparable with a council's.
			alike := areaType == benchmark.Neighbours || err == nil && indicator.Unit != "count"
			if err == nil && item.Latest && item.AreaType == areaType && alike {
				who := item.Area
				if areaType == benchmark.Neighbours {
					who = neighbours
				}
				p.comparisons[item.Indicator] = append(p.comparisons[item.Indicator], Comparison{who, item.Year, formatValue(indicator.Unit, item.Value), item.Value})
			}
		}
	}
}

// labelsOf lists the labels of the periods of an indicator, the latest last. Own is
// true where they are of another kind than the report's.
func (p *draft) labelsOf(indicator *definition.Indicator) (labels []string, own bool) {
	periods := reportperiod.Until(p.builder.Calendar, indicator.Cohort, p.request.Period, p.request.Today)
	if len(periods) == 0 || periods[0].Period.Kind == p.request.Period.Kind {
		return p.labels, false
	}
	for _, item := range periods[:min(columns, len(periods))] {
		labels = append(labels, item.Period.Label)
	}
	slices.Reverse(labels)
	return labels, true
}

func (p *draft) chapter(r *Report, number int, chapter board.Chapter) {
	built := Chapter{Number: number, Title: chapter.Title, About: chapter.Description, File: chapter.File}
	for _, indicator := range chapter.Indicators(p.builder.Catalogue) {
		if indicator.BreakdownOnly || indicator.Measure.Kind == definition.Bands || p.request.Public && indicator.Public == definition.PublicNone {
			continue
		}
		line := p.line(indicator, p.ratings[indicator], p.suppressed[indicator])
		if line == nil {
			reason := p.unavailable[indicator.Cohort.Name]
			if reason == "" || p.request.Public {
				reason = "nothing was recorded in these periods"
			}
			r.NoData = append(r.NoData, Missing{indicator.Title, reason})
			continue
		}
		built.add(line)
		r.addStatusChange(line)
		if line.Status.Class == "off" {
			r.OffFirst = append(r.OffFirst, line)
		}
	}
	if len(built.Lines) > 0 {
		r.Chapters = append(r.Chapters, built)
	}
}

func (c *Chapter) add(line *Line) {
	c.Lines = append(c.Lines, line)
	switch line.Status.Class {
	case "off":
		c.Off++
	case "watch":
		c.Watch++
	case "on":
		c.On++
	default:
		c.NotRated++
	}
}

// notes lists what a reader has to know before the numbers.
func (p *draft) notes(snapshots []*evaluate.Snapshot) []string {
	var notes []string
	end := p.request.Ends()
	if p.request.Open() {
		notes = append(notes, fmt.Sprintf("%s is not over. Its numbers are to date, %s, and will change; they are smaller than those of a whole period.", p.request.Period.Label, formatDate(end)))
	}
	for _, item := range snapshots {
		name := sourceName(item.Source)
		switch {
		case item.Problem != "" && p.request.Public:
			notes = append(notes, name+" could not be read; its indicators are not in this report.")
		case item.Problem != "":
			notes = append(notes, name+" could not be read, and its indicators are not in this report: "+item.Problem+".")
		case !item.Newest.IsZero() && item.Newest.Before(end) && !p.request.Open():
			notes = append(notes, fmt.Sprintf("%s: the latest event recorded is of %s, before the period ended. Its numbers are not complete.", name, formatDate(item.Newest)))
		}
	}
	if p.request.Public {
		notes = append(notes, "So that no child can be known, counts of 1 to "+formatNumber(p.builder.Disclosure.Threshold)+" are hidden, other counts are rounded to the nearest "+
			formatNumber(p.builder.Disclosure.RoundingBase)+", and percentages of small groups are left out. Where one quarter of a flow is hidden, all are.")
	}
	return notes
}

func sourceName(src string) string {
	return map[string]string{"social_care": "The social care database", "education": "The education database"}[src]
}

// changesSince is the last day of the report before: later changes are new to its
// readers.
func (p *draft) changesSince() time.Time {
	before, err := p.request.earlier(p.builder.Calendar, 1)
	if err != nil {
		return p.request.Period.Starts
	}
	return before.Ends
}
