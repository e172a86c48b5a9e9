package definition

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// handbookEntry is one indicator as the handbook gives it.
type handbookEntry struct {
	Name       string   `json:"name"`
	ID         int      `json:"id"`
	Supporting bool     `json:"supporting,omitempty"`
	Title      string   `json:"title"`
	Topic      string   `json:"topic"`
	Cohort     string   `json:"cohort"`
	Row        string   `json:"row"`
	Source     string   `json:"source"`
	Definition string   `json:"definition"`
	Measure    string   `json:"measure"`
	Windows    []string `json:"windows"`
	Headline   string   `json:"headline"`
	Breakdowns []string `json:"breakdowns"`
	Better     string   `json:"better"`
	Target     string   `json:"target"`
	Law        string   `json:"law"`
	Public     string   `json:"public"`
	Commentary bool     `json:"commentary,omitempty"`
	Unit       string   `json:"unit"`
	Pitfalls   []string `json:"pitfalls"`
	Version    int      `json:"version"`
	Changes    []Change `json:"changes"`
}

// WriteJSON writes every definition.
func (c *Catalogue) WriteJSON(to io.Writer) error {
	entries := []handbookEntry{}
	for _, indicator := range c.Indicators() {
		entries = append(entries, newHandbookEntry(indicator))
	}
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(entries)
}

func newHandbookEntry(i *Indicator) handbookEntry {
	e := handbookEntry{
		Name: i.Name, ID: i.ID, Supporting: i.Supporting, Title: i.Title, Topic: i.Cohort.Topic, Cohort: i.Cohort.Title,
		Row: i.Cohort.Row, Source: i.Cohort.Source, Definition: i.Definition, Measure: i.Measure.String(),
		Headline: string(i.Headline), Better: string(i.Better), Target: i.targetText(), Law: i.Law,
		Public: string(i.Public), Commentary: i.Commentary, Unit: i.Unit, Version: i.Version,
		Changes: append([]Change{}, i.Changes...),
		Windows: []string{}, Breakdowns: []string{}, Pitfalls: append([]string{}, i.Cohort.Pitfalls...),
	}
	for _, kind := range i.Cohort.Windows {
		e.Windows = append(e.Windows, string(kind))
	}
	for _, breakdown := range i.Breakdowns {
		e.Breakdowns = append(e.Breakdowns, breakdown.By)
	}
	if i.Filter.SQL != "true" {
		e.Measure += ", where " + i.Filter.Text
	}
	return e
}

func (i *Indicator) targetText() string {
	if i.Target == nil {
		return "none: " + i.TargetReason
	}
	return strconv.FormatFloat(*i.Target, 'g', -1, 64) + ", tolerance " + strconv.FormatFloat(i.Tolerance, 'g', -1, 64)
}

// String is the measure in the words of the definition.
func (m Measure) String() string {
	switch m.Kind {
	case Ratio:
		return m.Numerator.Text + "  ÷  " + m.Denominator.Text
	case Rate:
		if m.RateDenominator.Sum {
			return fmt.Sprintf("%s per %g of %s", m.Of.Text, m.Per, m.RateDenominator.Text)
		}
		return fmt.Sprintf("count of %s per %g of population %s", m.Of.Text, m.Per, m.Population)
	case Bands:
		bands := make([]string, len(m.Bands))
		for i, band := range m.Bands {
			bands[i] = band.Name
		}
		return "count by " + m.BandLabel + ": " + strings.Join(bands, ", ")
	default:
		return string(m.Kind) + " of " + m.Of.Text
	}
}

// cell escapes a text for a cell of a Markdown table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", "\\|")
}

// WriteMarkdown writes the definitions handbook, with the council's own references
// and limits. note gives the published figures of an indicator, or an empty text.
func (c *Catalogue) WriteMarkdown(to io.Writer, note func(indicator string) string) error {
	out := bufio.NewWriter(to)
	line := func(format string, arguments ...any) { _, _ = fmt.Fprintf(out, format+"\n", arguments...) }
	line("# Definitions\n")
	line("%d indicators. Limits in force:\n", len(c.Indicators()))
	line("| Limit | Value | What it is | Law or guidance |\n|---|---|---|---|")
	for _, name := range slices.Sorted(maps.Keys(c.Limits)) {
		limit := c.Limits[name]
		line("| %s | %d %s | %s | %s |", name, limit.Value, limit.Unit, cell(limit.Title), cell(limit.Law))
	}
	topic := ""
	for _, indicator := range c.Indicators() {
		e := newHandbookEntry(indicator)
		if e.Topic != topic {
			topic = e.Topic
			line("\n## %s", strings.ToUpper(topic[:1])+strings.ReplaceAll(topic[1:], "_", " "))
		}
		line("\n### %s · %s\n", indicator.Reference, e.Title)
		line("`%s` (version %d)\n", e.Name, e.Version)
		line("%s\n", strings.Join(strings.Fields(e.Definition), " "))
		line("| | |\n|---|---|")
		for _, row := range [][2]string{
			{"Counted among", e.Cohort + "; a row is " + e.Row}, {"Computed as", "`" + e.Measure + "`"},
			{"Windows", strings.Join(e.Windows, ", ") + "; headline " + e.Headline}, {"Split by", strings.Join(e.Breakdowns, ", ")},
			{"Better", e.Better}, {"Target", e.Target}, {"Benchmark", note(e.Name)}, {"Law or guidance", e.Law}, {"Public", e.Public},
			{"Commentary", map[bool]string{true: "required each quarter"}[e.Commentary]},
			{"Source", e.Source}, {"Pitfalls dealt with", strings.Join(e.Pitfalls, ", ")},
		} {
			if row[1] != "" {
				line("| %s | %s |", row[0], cell(row[1]))
			}
		}
	}
	line("\n## Codes\n\nWhat the codes of breakdowns mean; other values speak for themselves.\n")
	line("| Split by | Code | Meaning |\n|---|---|---|")
	labels := CodeLabels()
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		for _, code := range slices.Sorted(maps.Keys(labels[label])) {
			line("| %s | %s | %s |", label, code, cell(labels[label][code]))
		}
	}
	line("\n## Changes of definitions\n")
	log := c.ChangeLog()
	if len(log) == 0 {
		line("None: every definition is at its first version.")
	}
	for _, change := range log {
		line("- %s, `%s` version %d: %s", change.Day, change.Indicator.Name, change.Version, strings.Join(strings.Fields(change.What), " "))
	}
	return out.Flush()
}
