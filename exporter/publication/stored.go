package publication

import (
	"encoding/json"
	"errors"
	"time"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
)

// publishedPeriod is what a cohort published for a period.
type publishedPeriod struct {
	Cohort   string         `json:"cohort"`
	Period   string         `json:"period"`
	Versions map[string]int `json:"versions"`

	Observations []storedObservation `json:"observations"`
	Series       []storedPeriodValue `json:"series,omitempty"`
}

// storedPeriodValue is an observation of a report period.
type storedPeriodValue struct {
	Period      storedPeriod      `json:"period"`
	Offset      int               `json:"offset"`
	Observation storedObservation `json:"observation"`
}

type storedObservation struct {
	Indicator   string       `json:"indicator"`
	Period      storedPeriod `json:"period"`
	Value       *float64     `json:"value,omitempty"`
	Numerator   *float64     `json:"numerator,omitempty"`
	Denominator *float64     `json:"denominator,omitempty"`
	Rows        float64      `json:"rows"`
}

// storedPeriod is a period of the calendar.
type storedPeriod struct {
	AsOf   time.Time `json:"as_of"`
	Window string    `json:"window"`
	Label  string    `json:"label"`
	Starts time.Time `json:"starts"`
	Ends   time.Time `json:"ends"`
}

func (s storedPeriod) period() calendar.Period {
	return calendar.Period{AsOf: s.AsOf, Kind: calendar.Kind(s.Window), Label: s.Label, Starts: s.Starts, Ends: s.Ends}
}

func newStoredPeriod(p calendar.Period) storedPeriod {
	return storedPeriod{AsOf: p.AsOf, Window: string(p.Kind), Label: p.Label, Starts: p.Starts, Ends: p.Ends}
}

// decode reads a record of any format.
func decode(format int, record json.RawMessage) (publishedPeriod, error) {
	var period publishedPeriod
	var err error
	if format == 1 {
		period, err = decodeFormat1(record)
	} else {
		err = json.Unmarshal(record, &period)
	}
	if err == nil && (period.Cohort == "" || period.Period == "") {
		err = errors.New("a field is missing")
	}
	return period, err
}

// values converts to what the cohort published, and returns false where a definition
// has changed.
func (p publishedPeriod) values(cohort *definition.Cohort) (Values, bool) {
	indicators := map[string]*definition.Indicator{}
	for _, indicator := range cohort.Indicators {
		if indicator.Public == definition.PublicNone {
			continue
		}
		if p.Versions[indicator.Name] != indicator.Version {
			return Values{}, false
		}
		indicators[indicator.Name] = indicator
	}
	values := Values{Period: p.Period}
	for _, stored := range p.Observations {
		if indicator := indicators[stored.Indicator]; indicator != nil {
			values.Observations = append(values.Observations, stored.observation(indicator))
		}
	}
	// A report of the release before that was written twice has each period twice.
	seen := map[string]bool{}
	for _, stored := range p.Series {
		indicator := indicators[stored.Observation.Indicator]
		key := stored.Observation.Indicator + " " + stored.Period.Window + " " + stored.Period.Label
		if indicator == nil || seen[key] {
			continue
		}
		seen[key] = true
		period := calendar.ReportPeriod{Period: stored.Period.period(), Offset: stored.Offset, Query: stored.Observation.Period.period()}
		values.Series = append(values.Series, definition.PeriodObservation{ReportPeriod: period, Observation: stored.Observation.observation(indicator)})
	}
	return values, true
}

func (s storedObservation) observation(indicator *definition.Indicator) definition.Observation {
	return definition.Observation{
		Indicator: indicator, Period: s.Period.period(), Value: s.Value, Numerator: s.Numerator, Denominator: s.Denominator, Rows: s.Rows,
	}
}

func newStoredObservation(observation definition.Observation) storedObservation {
	return storedObservation{
		Indicator: observation.Indicator.Name, Period: newStoredPeriod(observation.Period),
		Value: observation.Value, Numerator: observation.Numerator, Denominator: observation.Denominator, Rows: observation.Rows,
	}
}

func newPublishedPeriod(cohort *definition.Cohort, values Values) publishedPeriod {
	published := publishedPeriod{Cohort: cohort.Name, Period: values.Period, Versions: map[string]int{}}
	for _, indicator := range cohort.Indicators {
		published.Versions[indicator.Name] = indicator.Version
	}
	for _, observation := range values.Observations {
		if observation.By == "" && !observation.Workers && observation.Indicator.Public != definition.PublicNone {
			published.Observations = append(published.Observations, newStoredObservation(observation))
		}
	}
	for _, value := range values.Series {
		if value.Observation.Indicator.Public != definition.PublicNone {
			published.Series = append(published.Series, storedPeriodValue{newStoredPeriod(value.Period), value.Offset, newStoredObservation(value.Observation)})
		}
	}
	return published
}
