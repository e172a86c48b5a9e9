package collector

import (
	"slices"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
)

// settleBook takes what the council's tables say, and tells of each row that is
// left out, once.
func (c *Collector) settleBook(next *State, said counciltables.CommentaryTables) {
	if c.options.Commentary.Indicator == nil {
		return
	}
	before := next.Commentary.Issues
	next.Commentary = c.options.Commentary.ReadTables(c.source.Name, said)
	next.HasCommentary = slices.Contains(said.Tables, "commentary")
	config.LogNew(c.options.Log, next.Commentary.Issues, before, "source", c.source.Name)
}
