package web

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/definition"
)

// collectCommentary emits what the council says of the indicators that are wanted,
// as of a day: the latest remark on a period that is to be spoken of.
func (c *Exporter) collectCommentary(emit func(prometheus.Metric), day time.Time, spoken func(calendar.Period) bool, wanted func(*definition.Indicator) bool) {
	book, speaks := c.commentary()
	if !speaks {
		return
	}
	var served []*definition.Indicator
	for _, indicator := range c.indicators() {
		if wanted(indicator) {
			served = append(served, indicator)
		}
	}
	for _, remark := range book.Latest(served, spoken) {
		emit(gauge("childrens_commentary_info", "What the council says of an indicator: the latest that is published.",
			[]string{"indicator", "period", "text", "author_role", "action"},
			[]string{remark.Indicator.Name, remark.Period.Label, remark.Text, remark.Role, remark.Action}, 1))
	}
	if closed, err := commentary.LastQuarter(c.Collectors[0].Calendar(), day); err == nil {
		for _, indicator := range book.Missing(served, closed) {
			emit(gauge("childrens_commentary_missing", "1 where an indicator needs a commentary on the quarter that closed last and has none.",
				[]string{"indicator", "period"}, []string{indicator.Name, closed.Label}, 1))
		}
	}
	collectEvents(emit, book.Events)
}

// commentary is what the folder and the tables say together, and whether the council
// keeps either. Where both speak of one thing the folder is heard.
func (c *Exporter) commentary() (commentary.Collection, bool) {
	var book commentary.Collection
	speaks := c.Commentary != nil
	if speaks {
		book = c.Commentary.Collection()
	}
	for _, state := range c.states() {
		book = book.Merge(state.Commentary)
		speaks = speaks || state.HasCommentary || len(state.Commentary.Events) > 0
	}
	return book, speaks && len(c.Collectors) > 0
}

func collectEvents(emit func(prometheus.Metric), events []commentary.Event) {
	for _, event := range events {
		emit(gauge("childrens_event_info", "Something that happened and may explain a bend in a line.",
			[]string{"event", "date"}, []string{event.Name, event.Day.Format(time.DateOnly)}, 1))
		emit(gauge("childrens_event_timestamp_seconds", "Noon of the day on which it happened.",
			[]string{"event"}, []string{event.Name}, float64(event.Day.Add(12*time.Hour).Unix())))
	}
}
