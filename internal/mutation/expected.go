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

// FromGolden takes what a golden council expects, without a database.
func FromGolden(golden fixtures.Golden) (*Council, error) {
	day, err := golden.Day()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", golden.Name, err)
	}
	settings := config.Settings{Authority: golden.Authority, Limits: golden.Limits, Codes: golden.Codes}
	cal, err := settings.NewCalendar()
	if err != nil {
		return nil, err
	}
	c := &Council{
		Name: golden.Name, Golden: true, Sources: []string{golden.Source}, Settings: settings, Populations: golden.Populations,
		Want: map[string]Samples{golden.AsOf: {}}, Families: map[string]bool{},
	}
	c.Views = []View{At(golden.AsOf, day, func(cohort *definition.Cohort) ([]calendar.Period, error) {
		var all []calendar.Period
		for _, kind := range cohort.Windows {
			all = append(all, cohort.Period(cal, kind, day))
		}
		return all, nil
	})}
	for family, samples := range golden.Expect {
		c.Families[family] = true
		for key, value := range samples {
			c.Want[golden.AsOf].put(family, key, value)
		}
	}
	return c, nil
}

// key names a sample within its family as the council's expectations do.
func (c *Council) key(sample definition.Sample) string {
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

// FromOracle takes what the oracle answers for a council, without a database. A family of which it says nothing here may
// have samples in another council; the caller adds those.
func FromOracle(made reference.Case) (*Council, error) {
	cal, err := config.Settings{}.NewCalendar()
	if err != nil {
		return nil, err
	}
	c := &Council{
		Name: "seed " + strconv.FormatUint(made.Seed, 10), Sources: []string{"social_care", "education"},
		// The random councils' own code in lists of postcodes.
		Settings:    config.Settings{Authority: config.Authority{LACode: 872}},
		Populations: fixtures.Populations(made), Want: map[string]Samples{}, Families: map[string]bool{},
	}
	own := reference.New(made.Council, made.Limits, made.Populations)
	for _, view := range fixtures.Views(made) {
		c.Views = append(c.Views, At(view.String(), fixtures.Civil(view.Day), func(cohort *definition.Cohort) ([]calendar.Period, error) {
			return view.Periods(cal, cohort)
		}))
		samples := Samples{}
		for key, value := range view.Answers(own) {
			family, _, _ := strings.Cut(key, "{")
			samples.put(family, strings.TrimPrefix(key, family), value)
			c.Families[family] = true
		}
		c.Want[view.String()] = samples
	}
	return c, nil
}
