package collect

import (
	"slices"

	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/exporter/warehouse"
)

// Calendar is that of the source.
func (c *Collector) Calendar() *period.Calendar { return c.source.Calendar }

// settleBook takes what the council's tables say, and tells of each row that is
// left out, once.
func (c *Collector) settleBook(next *State, said warehouse.Said) {
	if c.options.Remarks.Indicator == nil {
		return
	}
	before := next.Book.Rejected
	next.Book = c.options.Remarks.ReadTables(c.source.Name, said)
	next.Speaks = slices.Contains(said.Tables, "commentary")
	for _, one := range next.Book.Rejected {
		if !slices.Contains(before, one) {
			c.options.Log.Warn("an entry is left out", "source", c.source.Name, "input", one.Input, "why", one.Why)
		}
	}
}
