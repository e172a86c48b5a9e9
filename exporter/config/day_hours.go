package config

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// DayHours are some hours of every day, over midnight too where the end comes before
// the beginning. The zero value is none.
type DayHours struct {
	begin, end time.Duration
	text       string
}

// UnmarshalYAML reads hours such as 22:30-05:00.
func (h *DayHours) UnmarshalYAML(node *yaml.Node) error {
	begin, end, both := strings.Cut(node.Value, "-")
	from, beginErr := time.Parse("15:04", strings.TrimSpace(begin))
	to, endErr := time.Parse("15:04", strings.TrimSpace(end))
	if !both || beginErr != nil || endErr != nil || from.Equal(to) {
		return fmt.Errorf("line %d: expected hours such as 01:00-05:30", node.Line)
	}
	*h = DayHours{sinceMidnight(from), sinceMidnight(to), node.Value}
	return nil
}

// Contain reports whether a moment lies in the hours, by the clock of its zone.
func (h DayHours) Contain(at time.Time) bool {
	clock := sinceMidnight(at)
	if h.begin < h.end {
		return clock >= h.begin && clock < h.end
	}
	return h.text != "" && (clock >= h.begin || clock < h.end)
}

// String gives the hours as they stand in the settings.
func (h DayHours) String() string { return h.text }

func sinceMidnight(at time.Time) time.Duration {
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
}
