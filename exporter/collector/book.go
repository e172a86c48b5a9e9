package collector

import (
	"slices"

	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
)

// settleBook takes what the council's tables say, and tells of each row that is
// left out, once.
func (c *Collector) settleBook(next *State, said source.Said) {
	if c.options.Remarks.Indicator == nil {
		return
	}
	before := next.Book.Rejected
	next.Book = c.options.Remarks.ReadTables(c.source.Name, said)
	next.Speaks = slices.Contains(said.Tables, "commentary")
	rag.Tell(c.options.Log, next.Book.Rejected, before, "source", c.source.Name)
}
