package mutation

import (
	"fmt"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/internal/fixtures"
	"childrens-services-exporter/internal/reference"
)

// FromGolden makes a fixture of a golden council. The caller sets Load.
func FromGolden(golden fixtures.Golden) (*Fixture, error) {
	day, err := golden.Day()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", golden.Name, err)
	}
	settings := config.Settings{Authority: golden.Authority, Limits: golden.Limits, Codes: golden.Codes}
	cal, err := settings.NewCalendar()
	if err != nil {
		return nil, err
	}
	c := &Fixture{
		Name: golden.Name, Golden: true, Sources: []string{golden.Source}, Settings: settings, Populations: golden.Populations,
		Expected: map[string]Samples{golden.AsOf: {}}, Families: map[string]bool{},
	}
	c.Views = []View{NewView(golden.AsOf, day, func(cohort *definition.Cohort) ([]calendar.Period, error) {
		var all []calendar.Period
		for _, kind := range cohort.Windows {
			all = append(all, cohort.Period(cal, kind, day))
		}
		return all, nil
	})}
	for family, samples := range golden.Expect {
		c.Families[family] = true
		for key, value := range samples {
			c.Expected[golden.AsOf].put(family, key, value)
		}
	}
	return c, nil
}

// key names a sample within its family as the council's expectations do.
func (c *Fixture) key(sample definition.Sample) string {
	if c.Golden {
		if len(sample.Labels) == 0 {
			return "total"
		}
		return strings.Join(sample.Labels, ",")
	}
	labels := map[string]string{}
	for i, name := range sample.Family.Labels {
		labels[name] = sample.Labels[i]
	}
	return reference.Key("", labels)
}

// FromReference makes a fixture of a random council with the samples of the reference implementation. The caller sets Load,
// and adds to Families those that have samples in another council only.
func FromReference(random reference.Case) (*Fixture, error) {
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		return nil, err
	}
	c := &Fixture{
		Name: "seed " + strconv.FormatUint(random.Seed, 10), Sources: []string{"social_care", "education"},
		// The random councils' own code in lists of postcodes.
		Settings:    config.Settings{Authority: config.Authority{LACode: 872}},
		Populations: fixtures.Populations(random), Expected: map[string]Samples{}, Families: map[string]bool{},
	}
	ref := reference.New(random.Tables, random.Limits, random.Populations)
	for _, view := range fixtures.Views(random) {
		c.Views = append(c.Views, NewView(view.String(), fixtures.Time(view.Day), func(cohort *definition.Cohort) ([]calendar.Period, error) {
			return view.Periods(cal, cohort)
		}))
		samples := Samples{}
		for key, value := range view.ReferenceSamples(ref) {
			family, _, _ := strings.Cut(key, "{")
			samples.put(family, strings.TrimPrefix(key, family), value)
			c.Families[family] = true
		}
		c.Expected[view.String()] = samples
	}
	return c, nil
}
