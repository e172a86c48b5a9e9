package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"childrens-services-exporter/exporter/calendar"
)

// writeCommentary writes the council's commentary on its last closed quarter, and two events. Permanent exclusions have no
// commentary, so that the page reports it as missing.
func (s *environment) writeCommentary() (string, error) {
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		return "", fmt.Errorf("write the council's commentary: %w", err)
	}
	quarter, err := cal.ReportPeriod(calendar.Quarter, s.today, 1)
	if err != nil {
		return "", fmt.Errorf("write the council's commentary: %w", err)
	}
	folder := filepath.Join(s.dir, "commentary")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fmt.Errorf("write the council's commentary: %w", err)
	}
	files := map[string]string{
		"events.yaml": fmt.Sprintf("%s: New case management system\n%s: Practice week\n",
			s.today.AddDate(-1, -2, 0).Format(time.DateOnly), s.today.AddDate(0, -5, 0).Format(time.DateOnly)),
	}
	for _, entry := range []struct{ indicator, author, action, text string }{
		{"childrens_careleavers_accommodation_suitable_ratio", "Head of corporate parenting", "More supported lodgings by the spring",
			"Tenancies in the private market were harder to find. Every young person concerned has a plan and a date."},
		{"childrens_cp_visits_on_time_ratio", "Head of safeguarding", "Managers read the list of visits due each Monday",
			"Vacancies over the summer left visits late. The posts are filled since September."},
		{"childrens_ehcp_issued_on_time_ratio", "Head of special educational needs", "Agency psychologists until March",
			"Advice from educational psychologists arrives late. It is commissioned earlier now."},
	} {
		files[entry.indicator+".md"] = fmt.Sprintf("---\nindicator: %s\nperiod: %s\nauthor: %s\naction: %s\npublished: true\n---\n%s\n",
			entry.indicator, quarter.Label, entry.author, entry.action, entry.text)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return "", fmt.Errorf("write the council's commentary: %w", err)
		}
	}
	return folder, nil
}
