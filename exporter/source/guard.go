package source

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// GuardPolicy say how suspicious the guards are.
type GuardPolicy struct {
	// MinStableReads is how many equal readings in a row a new or emptied-and-refilled
	// table needs before it is believed; 1 believes at once.
	MinStableReads int
	// MinPersistentReads is how many equal readings in a row turn a sudden fall, or an
	// emptiness never seen otherwise, into the truth.
	MinPersistentReads int
	// MinRowRatio is the share of its accepted rows below which a table is held.
	MinRowRatio float64
	// MinRowsForRatio is the number of accepted rows from which the floor applies.
	MinRowsForRatio int64
}

// DefaultGuardPolicy are those of the handbook.
func DefaultGuardPolicy() GuardPolicy {
	return GuardPolicy{MinStableReads: 2, MinPersistentReads: 4, MinRowRatio: 0.5, MinRowsForRatio: 50}
}

// Guard remember what a source's tables looked like when they were last
// believed. A refresh empties and refills tables one by one, and a wrong number
// on a safeguarding screen is worse than none.
type Guard struct {
	policy GuardPolicy
	mutex  sync.Mutex
	tables map[string]tableState
	file   string
	// savedFile describes the file as it is known, and kept is its text.
	savedFile fs.FileInfo
	savedText []byte
}

// tableState is one table's accepted state and the run of equal readings that
// may replace it.
type tableState struct {
	Accepted bool   `json:"accepted"`
	Rows     int64  `json:"rows"`
	Filenode uint32 `json:"filenode"`
	// pending is true from the moment the table was held until it is believed: a
	// refresh by DELETE keeps the file, and its half-way state must settle too.
	pending      bool
	lastRows     int64
	lastFilenode uint32
	// stableReads counts the equal readings in a row; insisting leaves out those during
	// which another table moved, since a refresh is then under way.
	stableReads, persistentReads int
}

// NewGuard starts without memory.
func NewGuard(rules GuardPolicy) *Guard {
	return &Guard{policy: rules, tables: map[string]tableState{}}
}

// Verdict is what the guards make of a reading of all tables.
type Verdict struct {
	// Held maps a reason (settling, rows_fell, orphans) to an explanation. While
	// it is not empty the source keeps its last values.
	Held map[string]string
	// Empty holds relations whose emptiness is not believed yet.
	Empty map[string]bool
	// Warnings are sudden changes that were believed after all; worth a log line.
	Warnings []string
}

// Judge compares a reading of all tables with what was believed before, and
// remembers it. With accept it believes the reading as it is.
//
// The error tells that the memory could not be read or kept; the verdict holds
// all the same.
func (g *Guard) Judge(readings []TableStats, accept bool) (Verdict, error) {
	return g.check(readings, accept, false)
}

// check takes a hasty reading, one of several in quick succession, for no sign of
// persistence: a command that reads a year in chunks would wear the guards down.
func (g *Guard) check(tables []TableStats, accept, hasty bool) (Verdict, error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	loadErr := g.load()
	verdict := Verdict{Held: map[string]string{}, Empty: map[string]bool{}}
	moving := g.update(tables)
	for _, stats := range tables {
		state := g.tables[stats.Relation]
		alone := len(moving) == 0 || len(moving) == 1 && moving[stats.Relation]
		if alone && (!hasty || state.persistentReads == 0) {
			state.persistentReads++
		}
		switch reason, message := g.suspicion(state, stats); {
		case accept || reason == "":
		case reason == "empty":
			state.pending = true
			verdict.Empty[stats.Relation] = true
		default:
			state.pending = true
			verdict.Held[reason] = join(verdict.Held[reason], message)
		}
		g.tables[stats.Relation] = state
	}
	if len(verdict.Held) == 0 {
		g.accept(tables, &verdict)
	}
	if loadErr != nil {
		// Whoever wrote the file may still need it.
		return verdict, loadErr
	}
	return verdict, g.save()
}

// hadRows reports whether a relation had rows when it was last believed.
func (g *Guard) hadRows(relation string) bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	// The reading that follows meets the same fault and tells of it.
	_ = g.load()
	return g.tables[relation].Rows > 0
}

func join(before, after string) string {
	if before == "" {
		return after
	}
	return before + "; " + after
}

// update lengthens or restarts the run of equal readings of every table, and
// tells which have not settled.
func (g *Guard) update(tables []TableStats) (moving map[string]bool) {
	moving = map[string]bool{}
	for _, stats := range tables {
		state := g.tables[stats.Relation]
		state.update(stats)
		g.tables[stats.Relation] = state
		if g.isSettling(state, stats) {
			moving[stats.Relation] = true
		}
	}
	return moving
}

// update compares with the reading before. On a database that is in use rows
// come and go, so one in a thousand counts as equal.
func (m *tableState) update(stats TableStats) {
	difference := max(stats.Rows-m.lastRows, m.lastRows-stats.Rows)
	if m.stableReads > 0 && m.lastFilenode == stats.Filenode && difference <= m.lastRows/1000 {
		m.stableReads++
	} else {
		m.stableReads, m.persistentReads = 1, 0
	}
	m.lastRows, m.lastFilenode = stats.Rows, stats.Filenode
}

func (g *Guard) isSettling(state tableState, stats TableStats) bool {
	changed := !state.Accepted || state.Filenode != stats.Filenode || state.pending
	return changed && state.stableReads < g.policy.MinStableReads
}

func (g *Guard) suspicion(state tableState, stats TableStats) (reason, message string) {
	insists := state.persistentReads >= g.policy.MinPersistentReads
	emptied := stats.Rows == 0 && state.Rows > 0
	never := stats.Rows == 0 && !state.Accepted && !stats.MayBeEmpty
	switch {
	case g.fell(state, stats) && !insists:
		return "rows_fell", fmt.Sprintf("%s fell from %d to %d rows", stats.Relation, state.Rows, stats.Rows)
	case g.isSettling(state, stats):
		return "settling", fmt.Sprintf("%s is new or was refilled", stats.Relation)
	case (emptied || never) && !insists:
		return "empty", ""
	}
	for _, column := range sortedKeys(stats.Orphans) {
		if orphans := stats.Orphans[column]; stats.Rows >= 10 && orphans*2 > stats.Rows && !insists {
			return "orphans", fmt.Sprintf("%d of %d rows of %s have a %s that is nowhere else", orphans, stats.Rows, stats.Relation, column)
		}
	}
	return "", ""
}

func (g *Guard) fell(state tableState, stats TableStats) bool {
	return state.Accepted && state.Rows >= g.policy.MinRowsForRatio && float64(stats.Rows) < g.policy.MinRowRatio*float64(state.Rows)
}

func (g *Guard) accept(tables []TableStats, verdict *Verdict) {
	for _, stats := range tables {
		if verdict.Empty[stats.Relation] {
			continue
		}
		state := g.tables[stats.Relation]
		if g.fell(state, stats) || stats.Rows == 0 && state.Rows > 0 {
			verdict.Warnings = append(verdict.Warnings, fmt.Sprintf("%s: %d rows accepted after %d", stats.Relation, stats.Rows, state.Rows))
		}
		state.Accepted, state.Rows, state.Filenode, state.pending = true, stats.Rows, stats.Filenode, false
		g.tables[stats.Relation] = state
	}
	slices.Sort(verdict.Warnings)
}
