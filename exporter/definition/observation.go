package definition

import "childrens-services-exporter/exporter/calendar"

// Observation is the value of one indicator for one period and one group of rows.
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

// Sample is one line of exposition without a timestamp.
type Sample struct {
	Family Family
	Labels []string
	Value  float64
}

// Samples gives the samples that an observation is published as.
func (o Observation) Samples() []Sample {
	labels := append([]string{}, o.Labels...)
	if !o.Indicator.Cohort.Snapshot() {
		labels = append(labels, string(o.Period.Kind))
	}
	var samples []Sample
	for _, family := range o.Indicator.Families() {
		if family.By != o.By {
			continue
		}
		value := map[Part]*float64{Value: o.Value, Numerator: o.Numerator, Denominator: o.Denominator}[family.Part]
		if value != nil {
			samples = append(samples, Sample{Family: family, Labels: labels, Value: *value})
		}
	}
	return samples
}
