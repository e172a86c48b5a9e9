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

// ErrNoData is a report of a period of which nothing is known.
var ErrNoData = errors.New("the data do not reach back to it")

// Report is everything on the page, ready to be written.
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
	// MinDenominator is the smallest denominator that is judged.
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
type Missing struct{ Title, Why string }

// paper is a report in the making.
type paper struct {
	council  Builder
	request  Request
	labels   []string
	compared map[string][]Comparison
	// policy rates what is shown, by the targets in force.
	policy rag.Policy
	// ratings and revisions are what may be shown, by indicator; hidden are the
	// labels of periods that are suppressed.
	ratings   map[*definition.Indicator][]rag.PeriodRating
	revisions map[*definition.Indicator][]revision.Revision
	hidden    map[*definition.Indicator]map[string]bool
	leftOut   map[string]string
}

// Build makes a report of what was read. The error is ErrNoData where the
// data begin later.
func (c Builder) Build(request Request, snapshots []*evaluate.Snapshot) (*Report, error) {
	p := &paper{
		council: c, request: request, ratings: map[*definition.Indicator][]rag.PeriodRating{},
		revisions: map[*definition.Indicator][]revision.Revision{}, hidden: map[*definition.Indicator]map[string]bool{}, leftOut: map[string]string{},
	}
	for back := columns - 1; back >= 0; back-- {
		shown, err := request.earlier(c.Calendar, back)
		if err != nil {
			return nil, fmt.Errorf("report by %s: %w", request.Period.Kind, err)
		}
		p.labels = append(p.labels, shown.Label)
	}
	p.policy = c.RAG
	for _, snapshot := range snapshots {
		p.policy.Targets = snapshot.Targets
		p.council.Commentary = p.council.Commentary.Merge(snapshot.Commentary)
	}
	p.compare()
	for _, one := range snapshots {
		p.add(one)
	}
	if !p.hasData(snapshots) {
		return nil, ErrNoData
	}
	r := &Report{
		Title: "Children's services: " + request.Period.Label, Authority: c.Settings.Authority.Name, Period: request.Period.Label,
		Span: span(request.Period.Starts, request.Ends(), request.Open()), Written: date(calendar.Today(request.Now)),
		ToDate: request.Open(), Public: request.Public, Columns: p.labels, Style: style, MinDenominator: c.RAG.MinDenominator, request: request,
	}
	r.Notes = p.notes(snapshots)
	for number, chapter := range board.Chapters(c.Catalogue) {
		p.chapter(r, number+1, chapter)
	}
	// Red first, here too.
	slices.SortStableFunc(r.StatusChanges, func(a, b StatusChange) int { return cmp.Compare(order(a), order(b)) })
	r.Changes = p.changes(snapshots)
	return r, nil
}

// hasData reports whether the data reach back to the report's own period. Schools
// have stood for a century, and a stray date is older still: what a tenth of the
// cohorts do not know of is before the data.
func (p *paper) hasData(snapshots []*evaluate.Snapshot) bool {
	known, answered := map[string]bool{}, 0
	for _, one := range snapshots {
		for _, cohort := range one.Cohorts {
			if !cohort.Periods.Succeeded.IsZero() {
				answered++
			}
			for _, observation := range cohort.Periods.Observations {
				// Observations of a kind of its own are all that a cohort has.
				if observation.Period.Kind != p.request.Period.Kind || observation.Period.Label == p.request.Period.Label {
					known[cohort.Cohort.Name] = true
				}
			}
		}
	}
	return len(known) > 0 && len(known)*10 >= answered
}

// add takes what may be shown of a source.
func (p *paper) add(snapshot *evaluate.Snapshot) {
	for _, cohort := range snapshot.Cohorts {
		if cohort.Periods.Problem != "" {
			p.leftOut[cohort.Cohort.Name] = cohort.Periods.Problem
		}
		ratings := cohort.Periods.Ratings
		if p.request.Public {
			ratings = p.suppress(cohort.Periods.Observations)
		}
		for _, rating := range ratings {
			p.ratings[rating.Observation.Indicator] = append(p.ratings[rating.Observation.Indicator], rating)
		}
		for _, one := range cohort.Periods.Revisions {
			p.revisions[one.Observation.Indicator] = append(p.revisions[one.Observation.Indicator], one)
		}
	}
}

// suppress leaves what anyone may read, rated as it is shown, and marks the periods
// that are suppressed.
func (p *paper) suppress(observations []definition.PeriodObservation) []rag.PeriodRating {
	shown, _ := p.council.Disclosure.PublishPeriods(observations)
	published := map[*definition.Indicator]map[string]bool{}
	for _, one := range shown {
		if published[one.Observation.Indicator] == nil {
			published[one.Observation.Indicator] = map[string]bool{}
		}
		published[one.Observation.Indicator][one.Period.Label] = true
	}
	for _, one := range observations {
		indicator := one.Observation.Indicator
		if indicator.Public == definition.PublicNone || published[indicator][one.Period.Label] {
			continue
		}
		if p.hidden[indicator] == nil {
			p.hidden[indicator] = map[string]bool{}
		}
		p.hidden[indicator][one.Period.Label] = true
	}
	return p.policy.PeriodRatings(shown)
}

// neighbours are named shortly, to stand in a narrow column.
const neighbours = "Neighbours"

// compare finds the published figures of others.
func (p *paper) compare() {
	p.compared = map[string][]Comparison{}
	if p.council.Benchmarks == nil {
		return
	}
	view := p.council.Benchmarks.For(p.council.Settings.Authority.LACode, func(string) (bool, bool) { return false, false })
	for _, areaType := range []string{benchmark.Neighbours, benchmark.Region, benchmark.England} {
		for _, one := range view.Figures {
			indicator, err := p.council.Catalogue.Indicator(one.Indicator)
			// How many children a region or England has says nothing of one council.
			alike := areaType == benchmark.Neighbours || err == nil && indicator.Unit != "count"
			if err == nil && one.Latest && one.AreaType == areaType && alike {
				who := one.Area
				if areaType == benchmark.Neighbours {
					who = neighbours
				}
				p.compared[one.Indicator] = append(p.compared[one.Indicator], Comparison{who, one.Year, shown(indicator.Unit, one.Value), one.Value})
			}
		}
	}
}

// labelsOf are the periods in which an indicator is shown, the latest last. Own is
// true of one that does not answer for the report's kind.
func (p *paper) labelsOf(indicator *definition.Indicator) (labels []string, own bool) {
	asked := reportperiod.Until(p.council.Calendar, indicator.Cohort, p.request.Period, p.request.Today)
	if len(asked) == 0 || asked[0].Period.Kind == p.request.Period.Kind {
		return p.labels, false
	}
	for _, one := range asked[:min(columns, len(asked))] {
		labels = append(labels, one.Period.Label)
	}
	slices.Reverse(labels)
	return labels, true
}

func (p *paper) chapter(r *Report, number int, chapter board.Chapter) {
	made := Chapter{Number: number, Title: chapter.Title, About: chapter.Description, File: chapter.File}
	for _, indicator := range chapter.Indicators(p.council.Catalogue) {
		if indicator.BreakdownOnly || indicator.Measure.Kind == definition.Bands || p.request.Public && indicator.Public == definition.PublicNone {
			continue
		}
		line := p.line(indicator, p.ratings[indicator], p.hidden[indicator])
		if line == nil {
			why := p.leftOut[indicator.Cohort.Name]
			if why == "" || p.request.Public {
				why = "nothing was recorded in these periods"
			}
			r.NoData = append(r.NoData, Missing{indicator.Title, why})
			continue
		}
		made.add(line)
		r.turn(line)
		if line.Status.Class == "off" {
			r.OffFirst = append(r.OffFirst, line)
		}
	}
	if len(made.Lines) > 0 {
		r.Chapters = append(r.Chapters, made)
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

// notes are what a reader has to know before the numbers.
func (p *paper) notes(snapshots []*evaluate.Snapshot) []string {
	var notes []string
	end := p.request.Ends()
	if p.request.Open() {
		notes = append(notes, fmt.Sprintf("%s is not over. Its numbers are to date, %s, and will change; they are smaller than those of a whole period.", p.request.Period.Label, date(end)))
	}
	for _, one := range snapshots {
		name := sourceName(one.Source)
		switch {
		case one.Problem != "" && p.request.Public:
			notes = append(notes, name+" could not be read; its indicators are not in this report.")
		case one.Problem != "":
			notes = append(notes, name+" could not be read, and its indicators are not in this report: "+one.Problem+".")
		case !one.Newest.IsZero() && one.Newest.Before(end) && !p.request.Open():
			notes = append(notes, fmt.Sprintf("%s: the latest event recorded is of %s, before the period ended. Its numbers are not complete.", name, date(one.Newest)))
		}
	}
	if p.request.Public {
		notes = append(notes, "So that no child can be known, counts of 1 to "+figure(p.council.Disclosure.Threshold)+" are hidden, other counts are rounded to the nearest "+
			figure(p.council.Disclosure.RoundingBase)+", and percentages of small groups are left out. Where one quarter of a flow is hidden, all are.")
	}
	return notes
}

func sourceName(src string) string {
	return map[string]string{"social_care": "The social care database", "education": "The education database"}[src]
}

// since is the day from which a change is news to readers of the report before.
func (p *paper) since() time.Time {
	before, err := p.request.earlier(p.council.Calendar, 1)
	if err != nil {
		return p.request.Period.Starts
	}
	return before.Ends
}
