package definition

import (
	"childrens-services-exporter/exporter/calendar"
)

// Family is one metric family that an indicator publishes.
type Family struct {
	Name, Help string
	// Labels in order, the window last.
	Labels []string
	Part   Part
	By     string
	// Workers is true where the family is served to /metrics/workers alone.
	Workers bool
}

// Families lists the metric families of an indicator: the authority's own and
// one set per breakdown.
func (i *Indicator) Families() []Family { return i.families }

func (i *Indicator) listFamilies() []Family {
	parts := []Part{Value}
	if i.Measure.Kind == Ratio {
		parts = append(parts, Numerator, Denominator)
	}
	splits := append([]Breakdown{{}}, i.Breakdowns...)
	if i.BreakdownOnly {
		splits = splits[1:]
	}
	var families []Family
	for _, split := range splits {
		labels := append([]string{}, split.Labels...)
		if i.Measure.Kind == Bands {
			labels = append(labels, i.Measure.BandLabel)
		}
		if !i.Cohort.Snapshot() {
			labels = append(labels, WindowLabel)
		}
		for _, part := range parts {
			families = append(families, Family{
				Name: i.Family(part, split.By), Help: i.Help(part), Labels: labels,
				Part: part, By: split.By, Workers: split.Workers,
			})
		}
	}
	return families
}

// WindowLabel tells the period kind of a flow measure.
const WindowLabel = "window"

// Observation is one indicator's answer for one period and one group of rows.
type Observation struct {
	Indicator *Indicator
	Period    calendar.Period
	// By is the breakdown, or empty for the whole authority.
	By string
	// Labels are the values of the breakdown's labels and, for bands, the band.
	Labels []string
	// Value is nil where there is none: a ratio without denominator, a median of
	// nothing. It is never NaN.
	Value *float64
	// Numerator and Denominator are set for ratios.
	Numerator, Denominator *float64
	// Rows is how many rows a mean, median or maximum rests on, and the count
	// itself for a count.
	Rows    float64
	Workers bool
}

// Sample is one line of exposition, still without a timestamp.
type Sample struct {
	Family Family
	Labels []string
	Value  float64
}

// Samples writes the reading as the lines it is published in.
func (r Observation) Samples() []Sample {
	labels := append([]string{}, r.Labels...)
	if !r.Indicator.Cohort.Snapshot() {
		labels = append(labels, string(r.Period.Kind))
	}
	var samples []Sample
	for _, family := range r.Indicator.Families() {
		if family.By != r.By {
			continue
		}
		value := map[Part]*float64{Value: r.Value, Numerator: r.Numerator, Denominator: r.Denominator}[family.Part]
		if value != nil {
			samples = append(samples, Sample{Family: family, Labels: labels, Value: *value})
		}
	}
	return samples
}
