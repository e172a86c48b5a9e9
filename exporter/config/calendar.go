package config

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// CalendarSettings changes working days and school terms.
type CalendarSettings struct {
	ExtraBankHolidays []string          `yaml:"extra_bank_holidays"`
	NotBankHolidays   []string          `yaml:"not_bank_holidays"`
	Terms             map[string]string `yaml:"terms"` // name: MM-DD it begins
}

// NewCalendar is the calendar of working days and terms of the settings.
func (s Settings) NewCalendar() (*calendar.Calendar, error) {
	var options calendar.Options
	for _, list := range []struct {
		key  string
		days []string
		into *[]time.Time
	}{
		{"extra_bank_holidays", s.Calendar.ExtraBankHolidays, &options.ExtraBankHolidays},
		{"not_bank_holidays", s.Calendar.NotBankHolidays, &options.NotBankHolidays},
	} {
		for _, text := range list.days {
			day, err := time.Parse(time.DateOnly, text)
			if err != nil {
				return nil, fmt.Errorf("%s: calendar: %s: %q is not a date such as 2026-05-08", s.file, list.key, text)
			}
			*list.into = append(*list.into, day)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Calendar.Terms)) {
		begins := s.Calendar.Terms[name]
		day, err := time.Parse("01-02", begins)
		if err != nil {
			return nil, fmt.Errorf("%s: calendar: terms: %s: %q is not a day such as 09-01", s.file, name, begins)
		}
		options.Terms = append(options.Terms, calendar.TermStart{Name: name, Month: day.Month(), Day: day.Day()})
	}
	// An academic year begins in August at the earliest.
	slices.SortFunc(options.Terms, func(a, b calendar.TermStart) int {
		return (int(a.Month)+4)%12*31 + a.Day - (int(b.Month)+4)%12*31 - b.Day
	})
	cal, err := calendar.New(options)
	if err != nil {
		return nil, fmt.Errorf("%s: calendar: %w", s.file, err)
	}
	return cal, nil
}
