package collector

import (
	"slices"

	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/source"
)

// settleBook takes what the council's tables say, and tells of each row that is
// left out, once.
func (c *Collector) settleBook(next *State, said source.CouncilTables) {
	if c.options.Commentary.Indicator == nil {
		return
	}
	before := next.Commentary.Issues
	next.Commentary = c.options.Commentary.ReadTables(c.source.Name, said)
	next.HasCommentary = slices.Contains(said.Tables, "commentary")
	rag.LogNew(c.options.Log, next.Commentary.Issues, before, "source", c.source.Name)
}
