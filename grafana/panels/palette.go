// Package panels holds the shapes that every dashboard is made of: a palette that
// the colour-blind can read, queries that never leave a tile blank, and panels
// and tiles of one look.
package panels

import "childrens-services-exporter/exporter/disclosure"

// Colours of the screens, from the palette of Okabe and Ito, which the three
// kinds of colour blindness distinguish.
const (
	Green     = "#009E73"
	Amber     = "#E69F00"
	Vermilion = "#D55E00"
	Blue      = "#0072B2"
	Grey      = "#7F868F"
	// Alarm is dark enough for white letters and is used for nothing but data
	// that must not be relied on.
	Alarm = "#A50F15"
)

// Tint is a colour thin enough for the theme's own letters, dark or light, to
// stand out from it. Grafana writes white on the full colours, which does not
// reach a contrast of 4.5:1 on amber or green.
func Tint(colour string) string { return colour + "4B" }

// Palette lists every colour a panel may use, tints included.
func Palette() []string {
	var all []string
	for _, colour := range []string{Green, Amber, Vermilion, Blue, Grey, Alarm} {
		all = append(all, colour, Tint(colour))
	}
	return all
}

// Status is how a value stands: against its target, or why there is none to
// show. It is always shown by colour, shape and word.
type Status struct {
	// Key is what the label status of a query holds.
	Key    string
	Text   string
	Colour string
	// Blank is true where there is no value to show.
	Blank bool
}

func (s Status) text() string { return s.Text }

func (s Status) tint() string { return Tint(s.Colour) }

// bar is the full colour of a status; what has none stays pale, so that
// the eye goes to what is.
func (s Status) bar() string {
	if s.Colour == Blue || s.Colour == Grey {
		return Tint(s.Colour)
	}
	return s.Colour
}

// Statuses lists every key that the queries of this package can give. The first
// three are the values of childrens_indicator_rag. A key between slashes is a
// pattern for a reason that the exporter may learn to give; it fits no words, since
// Grafana matches names that it has replaced already.
func Statuses() []Status {
	return []Status{
		{Key: "0", Text: "▲ On target", Colour: Green},
		{Key: "1", Text: "● Watch", Colour: Amber},
		{Key: "2", Text: "▼ Off target", Colour: Vermilion},
		{Key: "none", Text: "■ No target", Colour: Blue},
		{Key: "few", Text: "■ Too few to rate", Colour: Blue},
		{Key: "suppressed " + disclosure.SmallCount, Text: "suppressed (fewer than 6)", Colour: Grey, Blank: true},
		{Key: "suppressed " + disclosure.SmallRatio, Text: "suppressed (too few cases)", Colour: Grey, Blank: true},
		{Key: "unavailable missing", Text: "unavailable: not in the source", Colour: Grey, Blank: true},
		{Key: "unavailable empty", Text: "unavailable: an empty table", Colour: Grey, Blank: true},
		{Key: "unavailable failed", Text: "unavailable: the query failed", Colour: Grey, Blank: true},
		{Key: "unavailable too_many_series", Text: "unavailable: too many series", Colour: Grey, Blank: true},
		{Key: "unavailable not_yet_read", Text: "unavailable: not yet read", Colour: Grey, Blank: true},
		{Key: "unavailable expired", Text: "unavailable: too old to show", Colour: Grey, Blank: true},
		{Key: "unavailable stale", Text: "unavailable: source not read", Colour: Grey, Blank: true},
		{Key: "unavailable no_value", Text: "unavailable: not worked out", Colour: Grey, Blank: true},
		{Key: "unavailable not_connected", Text: "unavailable: not connected", Colour: Grey, Blank: true},
		{Key: "no_cases", Text: "no cases to count", Colour: Grey, Blank: true},
		{Key: "/^suppressed [a-z_]+$/", Text: "suppressed", Colour: Grey, Blank: true},
		{Key: "/^unavailable [a-z_]+$/", Text: "unavailable", Colour: Grey, Blank: true},
	}
}
