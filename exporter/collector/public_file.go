package collector

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/store"
)

// keptPeriod is what a cohort reported for the period open to the public. Worked
// out anew after a restart, late records would change it in the middle of a
// period, and the public could take one reading from the other.
type keptPeriod struct {
	Period   string         `json:"period"`
	Versions map[string]int `json:"versions"`
	Readings []keptReading  `json:"readings"`
	// Series is nil in a file of a release that did not keep it.
	Series []keptShown `json:"series,omitempty"`
}

// keptShown is a reading of a closed period of the scorecard.
type keptShown struct {
	Shown   calendar.Period `json:"shown"`
	Back    int             `json:"back"`
	Reading keptReading     `json:"reading"`
}

type keptReading struct {
	Indicator   string          `json:"indicator"`
	Period      calendar.Period `json:"period"`
	Value       *float64        `json:"value,omitempty"`
	Numerator   *float64        `json:"numerator,omitempty"`
	Denominator *float64        `json:"denominator,omitempty"`
	Rows        float64         `json:"rows"`
}

// publicFile keeps a source's reported periods below the state directory. It
// holds exact totals of the authority, so that only its owner may read it.
func (c *Collector) publicFile() string {
	if c.options.StateDir == "" {
		return ""
	}
	return filepath.Join(c.options.StateDir, publicFileOf(c.source.Name))
}

func publicFileOf(source string) string { return "public-" + source + ".json" }

// recall gives the cohorts the periods that were kept before a restart. A period
// of another definition is worked out anew.
func (c *Collector) recall(cohorts []CohortState) error {
	file := c.publicFile()
	if file == "" {
		return nil
	}
	kept, err := readKept(file)
	if err != nil {
		return err
	}
	for i := range cohorts {
		cohorts[i].restore(kept[cohorts[i].Cohort.Name])
	}
	return nil
}

// readKept reads what was kept by cohort, nothing where there is no file yet.
func readKept(file string) (map[string]keptPeriod, error) {
	kept := map[string]keptPeriod{}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return kept, nil
	}
	if err != nil || json.Unmarshal(text, &kept) != nil {
		return map[string]keptPeriod{}, fmt.Errorf("%s cannot be read; public values are worked out anew", file)
	}
	return kept, nil
}

func (s *CohortState) restore(kept keptPeriod) {
	indicators := map[string]*definition.Indicator{}
	for _, indicator := range s.Cohort.Indicators {
		if indicator.Public == definition.PublicNone {
			continue
		}
		if kept.Versions[indicator.Name] != indicator.Version {
			return
		}
		indicators[indicator.Name] = indicator
	}
	var readings []definition.Observation
	for _, one := range kept.Readings {
		if indicator := indicators[one.Indicator]; indicator != nil {
			readings = append(readings, one.reading(indicator))
		}
	}
	s.Published, s.PublishedPeriod = readings, kept.Period
	for _, one := range kept.Series {
		if indicator := indicators[one.Reading.Indicator]; indicator != nil {
			shown := calendar.ReportPeriod{Period: one.Shown, Offset: one.Back, Query: one.Reading.Period}
			s.PublishedSeries = append(s.PublishedSeries, definition.PeriodObservation{ReportPeriod: shown, Observation: one.Reading.reading(indicator)})
		}
	}
}

func (k keptReading) reading(indicator *definition.Indicator) definition.Observation {
	return definition.Observation{
		Indicator: indicator, Period: k.Period, Value: k.Value, Numerator: k.Numerator, Denominator: k.Denominator, Rows: k.Rows,
	}
}

func keptFrom(reading definition.Observation) keptReading {
	return keptReading{
		Indicator: reading.Indicator.Name, Period: reading.Period,
		Value: reading.Value, Numerator: reading.Numerator, Denominator: reading.Denominator, Rows: reading.Rows,
	}
}

// keep writes the periods of all cohorts, replacing the file at once.
func (c *Collector) keep(cohorts []CohortState) error {
	file := c.publicFile()
	if file == "" {
		return nil
	}
	kept := map[string]keptPeriod{}
	for _, one := range cohorts {
		if one.PublishedPeriod != "" {
			kept[one.Cohort.Name] = one.kept()
		}
	}
	return writeKept(file, kept)
}

func writeKept(file string, kept map[string]keptPeriod) error {
	text, err := json.Marshal(kept)
	if err == nil {
		_, err = store.Write(file, text)
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written, so that public values may change with a restart; check CSE_STATE_DIR and its rights", file)
	}
	return nil
}

func (s *CohortState) kept() keptPeriod {
	kept := keptPeriod{Period: s.PublishedPeriod, Versions: map[string]int{}}
	for _, indicator := range s.Cohort.Indicators {
		kept.Versions[indicator.Name] = indicator.Version
	}
	for _, reading := range s.Published {
		if reading.By == "" && !reading.Workers && reading.Indicator.Public != definition.PublicNone {
			kept.Readings = append(kept.Readings, keptFrom(reading))
		}
	}
	for _, one := range s.PublishedSeries {
		if one.Observation.Indicator.Public != definition.PublicNone {
			kept.Series = append(kept.Series, keptShown{one.Period, one.Offset, keptFrom(one.Observation)})
		}
	}
	return kept
}
