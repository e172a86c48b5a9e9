package report

import (
	"fmt"
	"math"
	"slices"
	"time"

	"childrens-services-exporter/exporter/rag"
)

// Chart is a row of columns from zero, drawn by the template. It has the values of the
// table only: a suppressed value leaves a gap.
type Chart struct {
	Width, Height float64
	Columns       []Column
	// Target is the height of the dashed line, negative where there is none.
	Target float64
	// AltText is the chart in words.
	AltText string
}

// Base is the height of the zero line.
func (c *Chart) Base() float64 { return chartHeight + 1 }

// Column is one period.
type Column struct {
	X, Y, Width, Height float64
	// Class is past, last or open.
	Class string
}

const (
	chartHeight = 34.0
	chartWidth  = 96.0
	// gap is the part of a column's place that is left free.
	gap = 0.25
)

// newChart draws the periods of a line from the earliest to the latest, or returns nil
// where there are fewer than two.
func newChart(line *Line, series []rag.PeriodRating, open time.Time) *Chart {
	ordered := slices.Clone(series)
	slices.SortFunc(ordered, func(a, b rag.PeriodRating) int { return a.Period.Ends.Compare(b.Period.Ends) })
	if len(ordered) < 2 {
		return nil
	}
	offset := ordered[0].Offset
	least, most := math.Inf(1), 0.0
	for _, item := range ordered {
		offset = max(offset, item.Offset)
		least, most = min(least, *item.Observation.Value), max(most, *item.Observation.Value)
	}
	top := most
	if line.TargetAt != nil {
		top = max(top, *line.TargetAt)
	}
	if top <= 0 {
		top = 1
	}
	latest := ordered[len(ordered)-1]
	places := offset
	if !open.IsZero() {
		places++
	}
	place := chartWidth / float64(places)
	chart := &Chart{Width: chartWidth, Height: chartHeight + 2, Target: -1}
	for _, item := range ordered {
		height := tenth(math.Max(0, *item.Observation.Value) / top * chartHeight)
		column := Column{X: tenth((float64(offset-item.Offset) + gap/2) * place), Width: tenth(place * (1 - gap)), Height: height, Y: tenth(1 + chartHeight - height), Class: "past"}
		switch {
		case item.Period.Ends.Equal(open):
			column.Class = "open"
		case item.Period.Label == latest.Period.Label:
			column.Class = "last"
		}
		chart.Columns = append(chart.Columns, column)
	}
	unit := line.Indicator.Unit
	chart.AltText = fmt.Sprintf("Columns from %s to %s: the lowest %s, the highest %s, the last %s.", ordered[0].Period.Label, latest.Period.Label,
		formatValue(unit, least), formatValue(unit, most), formatValue(unit, *latest.Observation.Value))
	if line.TargetAt != nil {
		chart.Target = tenth(1 + chartHeight - *line.TargetAt/top*chartHeight)
		chart.AltText += " A dashed line shows the target, " + formatValue(unit, *line.TargetAt) + "."
	}
	return chart
}

func tenth(value float64) float64 { return math.Round(value*10) / 10 }
