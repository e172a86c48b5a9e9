package report

import (
	"time"

	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/rag"
)

// Cell is one period of one indicator.
type Cell struct {
	Rating *rag.PeriodRating
	// Label is set where the period is not the column's.
	Label string
	// Text is empty where there is no value.
	Text string
	// Parts is numerator and denominator in words, for the latest period of a ratio.
	Parts string
	// Hidden is true where disclosure control suppresses the value.
	Hidden bool
}

// Comparison is a published figure of neighbours, region or England.
type Comparison struct {
	Who, Year, Text string
	Value           float64
}

// Line is one indicator of a report.
type Line struct {
	Indicator *definition.Indicator
	Reference string
	// Cells are the periods from the earliest to the one of the report.
	Cells             []Cell
	Target            string
	Trajectory        string // where the target moves to
	TargetAt          *float64
	Status            Status
	Before            Status // of the period before
	Compared          []Comparison
	Commentary        *commentary.Entry
	CommentaryMissing bool // a commentary is required, or the indicator is off target
	Chart             *Chart
	Definition        string
}

// Last is the period of the report.
func (l *Line) Last() Cell { return l.Cells[len(l.Cells)-1] }

// line makes the line of an indicator, or returns nil where no period has a value.
// Series holds the values, hidden the labels of suppressed periods.
func (p *draft) line(indicator *definition.Indicator, series []rag.PeriodRating, hidden map[string]bool) *Line {
	line := &Line{Indicator: indicator, Reference: indicator.Reference, Definition: indicator.Definition}
	labels, own := p.labelsOf(indicator)
	hasContent := false
	for _, label := range labels {
		cell := Cell{Hidden: hidden[label]}
		if own {
			cell.Label = label
		}
		for i, item := range series {
			if item.Period.Label == label {
				cell.Rating, cell.Text = &series[i], formatValue(indicator.Unit, *item.Observation.Value)
			}
		}
		hasContent = hasContent || cell.Rating != nil || cell.Hidden
		line.Cells = append(line.Cells, cell)
	}
	if !hasContent {
		return nil
	}
	p.rate(line)
	line.Compared = p.comparisons[indicator.Name]
	if entry, exists := p.builder.Commentary.Find(indicator, p.request.Period.Label); exists {
		line.Commentary = &entry
	} else {
		line.CommentaryMissing = indicator.Commentary && !p.request.Open() || line.Status.Class == "off"
	}
	line.Chart = newChart(line, series, p.openEnd(series))
	return line
}

// rate sets target and status of the last period, and the status of the one before.
func (p *draft) rate(line *Line) {
	day := p.request.Ends()
	target, exists := p.policy.Targets.On(line.Indicator, day)
	if exists {
		line.Target, line.TargetAt = targetText(line.Indicator.Unit, target), &target.Value
		line.Trajectory = trajectoryText(line.Indicator.Unit, target)
	}
	status := func(cell Cell) Status {
		if cell.Hidden {
			return Status{Word: "Hidden"}
		}
		if cell.Rating == nil {
			return statusOf(nil, exists, false)
		}
		return statusOf(cell.Rating.Status, exists, true)
	}
	last := &line.Cells[len(line.Cells)-1]
	line.Status = status(*last)
	line.Before = status(line.Previous())
	if last.Rating != nil && last.Rating.Observation.Numerator != nil {
		last.Parts = formatNumber(*last.Rating.Observation.Numerator) + " of " + formatNumber(*last.Rating.Observation.Denominator)
	}
}

// openEnd is the last day of the open period, zero where none is open.
func (p *draft) openEnd(series []rag.PeriodRating) (open time.Time) {
	for _, item := range series {
		if item.Offset == 0 {
			return item.Period.Ends
		}
	}
	return time.Time{}
}

// Previous is the period before the report's; it is empty where none is shown.
func (l *Line) Previous() Cell {
	if len(l.Cells) < 2 {
		return Cell{}
	}
	return l.Cells[len(l.Cells)-2]
}

// Early are the periods before the report's, as many as the table has columns for.
func (l *Line) Early() []Cell {
	early := l.Cells[:len(l.Cells)-1]
	return append(make([]Cell, columns-1-len(early)), early...)
}
