package definition

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
	breakdowns := append([]Breakdown{{}}, i.Breakdowns...)
	if i.BreakdownOnly {
		breakdowns = breakdowns[1:]
	}
	var families []Family
	for _, breakdown := range breakdowns {
		labels := append([]string{}, breakdown.Labels...)
		if i.Measure.Kind == Bands {
			labels = append(labels, i.Measure.BandLabel)
		}
		if !i.Cohort.Snapshot() {
			labels = append(labels, WindowLabel)
		}
		for _, part := range parts {
			families = append(families, Family{
				Name: i.Family(part, breakdown.By), Help: i.Help(part), Labels: labels,
				Part: part, By: breakdown.By, Workers: breakdown.Workers,
			})
		}
	}
	return families
}

// WindowLabel is the label with the period kind of a flow measure.
const WindowLabel = "window"
