package collector

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/counciltables"
	"childrens-services-exporter/exporter/rag"
	"childrens-services-exporter/exporter/store"
)

// newTargets are the targets of the council's table while a reading is not
// believed yet. They hold at once, so that what is kept of a meeting is judged by
// them, and are given back if the reading is not believed.
type newTargets struct {
	collector *Collector
	table     *counciltables.TargetTable
	before    rag.TargetTable
	rejected  []config.Issue
}

// take lets the targets hold; nil leaves those that do.
func (n *newTargets) take(table *counciltables.TargetTable) {
	if table == nil {
		return
	}
	n.table = table
	n.before, n.rejected = n.collector.judgeBy(*table)
}

func (n *newTargets) giveBack() {
	if n.table != nil {
		n.collector.options.RAG.Targets.Replace(n.collector.source.Name, n.before)
	}
}

// settle keeps the targets and tells of each row that is left out, once.
func (n *newTargets) settle(next *State) {
	if n.table == nil {
		return
	}
	c := n.collector
	config.LogNew(c.options.Log, n.rejected, next.Issues, "source", c.source.Name)
	next.Issues = n.rejected
	c.keepTargets(*n.table)
}

func (c *Collector) judgeBy(table counciltables.TargetTable) (before rag.TargetTable, rejected []config.Issue) {
	targets := c.options.RAG.Targets
	usable, rejected := targets.ReadTable(c.source.Name, table, c.source.Catalogue)
	return targets.Replace(c.source.Name, usable), rejected
}

// targetsFile keeps the table as it was last read: what the public sees outlives a
// restart, and must not be judged by other targets until the database answers.
func (c *Collector) targetsFile() string {
	return filepath.Join(c.options.StateDir, "targets-"+c.source.Name+".json")
}

func (c *Collector) recallTargets(blank *State) {
	if c.options.StateDir == "" {
		return
	}
	text, err := os.ReadFile(c.targetsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var table counciltables.TargetTable
	if err != nil || json.Unmarshal(text, &table) != nil {
		c.options.Log.Warn("the table of targets holds when it is read again", "source", c.source.Name, "why", c.targetsFile()+" cannot be read")
		return
	}
	_, blank.Issues = c.judgeBy(table)
}

// keepTargets writes the table, replacing the file at once, if it is another.
func (c *Collector) keepTargets(table counciltables.TargetTable) {
	if c.options.StateDir == "" {
		return
	}
	file := c.targetsFile()
	known, unread := os.ReadFile(file)
	text, err := json.Marshal(table)
	if err == nil && (unread == nil && string(known) == string(text) || errors.Is(unread, fs.ErrNotExist) && len(table.Rows) == 0) {
		return
	}
	if err == nil {
		_, err = store.Write(file, text)
	}
	if err != nil {
		c.options.Log.Warn("the table of targets is not kept over a restart", "source", c.source.Name, "why",
			file+" cannot be written; check CSE_STATE_DIR and its rights")
	}
}
