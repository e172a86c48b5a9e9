package publication

import (
	"encoding/json"
	"time"
)

// period1 is a period as format 1 had it, of the releases before the store.
type period1 struct {
	AsOf   time.Time `json:"AsOf"`
	Kind   string    `json:"Kind"`
	Label  string    `json:"Label"`
	Starts time.Time `json:"Starts"`
	Ends   time.Time `json:"Ends"`
}

// observation1 is an observation as format 1 had it.
type observation1 struct {
	storedObservation
	Period period1 `json:"period"`
}

func (o observation1) observation() storedObservation {
	o.storedObservation.Period = storedPeriod{o.Period.AsOf, o.Period.Kind, o.Period.Label, o.Period.Starts, o.Period.Ends}
	return o.storedObservation
}

func decodeFormat1(record json.RawMessage) (publishedPeriod, error) {
	var old struct {
		Cohort   string         `json:"cohort"`
		Period   string         `json:"period"`
		Versions map[string]int `json:"versions"`
		Readings []observation1 `json:"readings"`
		Series   []struct {
			Shown   period1      `json:"shown"`
			Back    int          `json:"back"`
			Reading observation1 `json:"reading"`
		} `json:"series"`
	}
	if err := json.Unmarshal(record, &old); err != nil {
		return publishedPeriod{}, err
	}
	period := publishedPeriod{Cohort: old.Cohort, Period: old.Period, Versions: old.Versions}
	for _, reading := range old.Readings {
		period.Observations = append(period.Observations, reading.observation())
	}
	for _, value := range old.Series {
		stored := storedPeriod{value.Shown.AsOf, value.Shown.Kind, value.Shown.Label, value.Shown.Starts, value.Shown.Ends}
		period.Series = append(period.Series, storedPeriodValue{stored, value.Back, value.Reading.observation()})
	}
	return period, nil
}
