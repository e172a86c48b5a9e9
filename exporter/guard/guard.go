// Package guard decides whether the tables of a source can be used. A refresh
// empties and refills them one by one, and a wrong number on a safeguarding screen
// is worse than none. It is a pure function: table statistics, the state after the
// read before and a policy give a verdict and the next state.
package guard

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"childrens-services-exporter/exporter/unavailable"
)

// TableStats is what one pass over a relation's table counted.
type TableStats struct {
	Relation string
	// Filenode changes when a table is truncated or recreated; 0 for a view.
	Filenode uint32
	Rows     int64
	// MayBeEmpty is true of a table in which no rows at all are ordinary.
	MayBeEmpty bool
	// Orphans counts rows whose reference matches no row, by staging column.
	Orphans map[string]int64
	// Checks counts rows by data quality fault.
	Checks map[string]int64
	// Codes counts the words of each column of codes, by staging column.
	Codes map[string]CodeCount
	// Newest is the latest event date up to today, zero if there is none.
	Newest time.Time
}

// CodeCount is how many rows of a column of codes are filled, and in how many of them the word is not known.
type CodeCount struct{ Filled, Unmapped int64 }

// MostlyUnmapped reports whether so many words are not known that what rests on the column would be a false number.
func (c CodeCount) MostlyUnmapped(policy Policy) bool {
	share := policy.MaxUnmappedShare
	if share == 0 {
		share = DefaultMaxUnmappedShare
	}
	return float64(c.Unmapped) > share*float64(c.Filled)
}

// DefaultMaxUnmappedShare is half of the filled rows.
const DefaultMaxUnmappedShare = 0.5

// Policy is how much a table may change before it is held.
type Policy struct {
	// MinStableReads is how many equal reads in a row a new or refilled table needs
	// before it is accepted; 1 accepts at once.
	MinStableReads int
	// MinPersistentReads is how many equal reads in a row make a sudden fall, or an
	// unusual emptiness, acceptable.
	MinPersistentReads int
	// MinRowRatio is the share of its accepted rows below which a table is held.
	MinRowRatio float64
	// MinRowsForRatio is the number of accepted rows from which the ratio applies.
	MinRowsForRatio int64
	// MaxUnmappedShare is the share of the filled rows of a column of codes above which
	// unknown words make what rests on it unavailable; 0 is the default, 1 allows all.
	MaxUnmappedShare float64
}

// DefaultPolicy is the one that the handbook gives.
func DefaultPolicy() Policy {
	return Policy{MinStableReads: 2, MinPersistentReads: 4, MinRowRatio: 0.5, MinRowsForRatio: 50}
}

// SettleRetries is how often a command that reads once has to repeat the read until
// new tables are accepted, with one more for a refresh.
func (p Policy) SettleRetries() int { return p.MinStableReads + 1 }

// Mode is what a read asks of the guard.
type Mode int

const (
	// Enforce holds tables as the policy says.
	Enforce Mode = iota
	// EnforceWithoutProgress holds tables and does not count the read as a sign of
	// persistence: a command reads a year in chunks, in quick succession.
	EnforceWithoutProgress
	// AcceptAndStore accepts tables that would be held, from now on.
	AcceptAndStore
	// AcceptOnce accepts tables for this read and leaves the state as it is: a command
	// that only reads must not change what a running exporter accepts.
	AcceptOnce
)

// Verdict is what a read may use.
type Verdict struct {
	// Held gives each reason to hold the source (settling, rows_fell, orphans) an
	// explanation. While it is not empty the source keeps its last values.
	Held map[unavailable.Reason]string
	// Empty holds the relations whose emptiness is not accepted yet.
	Empty map[string]bool
	// Warnings are sudden changes that were accepted; worth a log line.
	Warnings []string
}

// State is what the guard remembers of each relation between reads.
type State map[string]TableState

// TableState is a table as it was last accepted, and the run of equal reads that
// may replace it.
type TableState struct {
	Accepted bool   `json:"accepted"`
	Rows     int64  `json:"rows"`
	Filenode uint32 `json:"filenode"`
	// pending is true while the table is held: a refresh by DELETE leaves the filenode
	// as it is, and a half-filled table has to settle too.
	pending      bool
	lastRows     int64
	lastFilenode uint32
	// stableReads counts the equal reads in a row. persistentReads leaves out those
	// during which another table changed, since a refresh is then under way.
	stableReads, persistentReads int
}

// Check compares the tables with the state after the read before, and gives a
// verdict and the next state.
func (p Policy) Check(before State, tables []TableStats, mode Mode) (Verdict, State) {
	verdict := Verdict{Held: map[unavailable.Reason]string{}, Empty: map[string]bool{}}
	if mode == AcceptOnce {
		return verdict, before
	}
	next := State{}
	maps.Copy(next, before)
	unsettled := p.update(next, tables)
	for _, stats := range tables {
		state := next[stats.Relation]
		quiet := len(unsettled) == 0 || len(unsettled) == 1 && unsettled[stats.Relation]
		if quiet && (mode != EnforceWithoutProgress || state.persistentReads == 0) {
			state.persistentReads++
		}
		reason, message := p.objection(state, stats)
		switch {
		case mode == AcceptAndStore || reason == "":
		case reason == unavailable.Empty:
			state.pending = true
			verdict.Empty[stats.Relation] = true
		default:
			state.pending = true
			if earlier := verdict.Held[reason]; earlier != "" {
				message = earlier + "; " + message
			}
			verdict.Held[reason] = message
		}
		next[stats.Relation] = state
	}
	if len(verdict.Held) == 0 {
		verdict.Warnings = p.accept(next, tables, verdict.Empty)
	}
	return verdict, next
}

// update adds the read to the run of equal reads of every table, and gives the
// tables that have not settled.
func (p Policy) update(state State, tables []TableStats) (unsettled map[string]bool) {
	unsettled = map[string]bool{}
	for _, stats := range tables {
		table := state[stats.Relation].after(stats)
		state[stats.Relation] = table
		if p.isSettling(table, stats) {
			unsettled[stats.Relation] = true
		}
	}
	return unsettled
}

// after adds a read to the run of equal reads. On a database in use rows come and
// go, so a difference of one in a thousand counts as equal.
func (t TableState) after(stats TableStats) TableState {
	difference := max(stats.Rows-t.lastRows, t.lastRows-stats.Rows)
	if t.stableReads > 0 && t.lastFilenode == stats.Filenode && difference <= t.lastRows/1000 {
		t.stableReads++
	} else {
		t.stableReads, t.persistentReads = 1, 0
	}
	t.lastRows, t.lastFilenode = stats.Rows, stats.Filenode
	return t
}

func (p Policy) isSettling(state TableState, stats TableStats) bool {
	changed := !state.Accepted || state.Filenode != stats.Filenode || state.pending
	return changed && state.stableReads < p.MinStableReads
}

// objection is the reason, if any, not to use a table.
func (p Policy) objection(state TableState, stats TableStats) (reason unavailable.Reason, message string) {
	persists := state.persistentReads >= p.MinPersistentReads
	emptied := stats.Rows == 0 && state.Rows > 0
	neverFilled := stats.Rows == 0 && !state.Accepted && !stats.MayBeEmpty
	switch {
	case p.rowsFell(state, stats) && !persists:
		return unavailable.RowsFell, fmt.Sprintf("%s fell from %d to %d rows", stats.Relation, state.Rows, stats.Rows)
	case p.isSettling(state, stats):
		return unavailable.Settling, fmt.Sprintf("%s is new or was refilled", stats.Relation)
	case (emptied || neverFilled) && !persists:
		return unavailable.Empty, ""
	}
	for _, column := range slices.Sorted(maps.Keys(stats.Orphans)) {
		if orphans := stats.Orphans[column]; stats.Rows >= 10 && orphans*2 > stats.Rows && !persists {
			return unavailable.Orphans, fmt.Sprintf("%d of %d rows of %s have a %s that is nowhere else", orphans, stats.Rows, stats.Relation, column)
		}
	}
	return "", ""
}

func (p Policy) rowsFell(state TableState, stats TableStats) bool {
	return state.Accepted && state.Rows >= p.MinRowsForRatio && float64(stats.Rows) < p.MinRowRatio*float64(state.Rows)
}

// accept makes the tables, but for the empty ones, the accepted state, and gives
// the sudden changes among them.
func (p Policy) accept(state State, tables []TableStats, empty map[string]bool) (warnings []string) {
	for _, stats := range tables {
		if empty[stats.Relation] {
			continue
		}
		table := state[stats.Relation]
		if p.rowsFell(table, stats) || stats.Rows == 0 && table.Rows > 0 {
			warnings = append(warnings, fmt.Sprintf("%s: %d rows accepted after %d", stats.Relation, stats.Rows, table.Rows))
		}
		table.Accepted, table.Rows, table.Filenode, table.pending = true, stats.Rows, stats.Filenode, false
		state[stats.Relation] = table
	}
	slices.Sort(warnings)
	return warnings
}

// Merge takes over the accepted tables that another process has stored. A table that
// it changed is no longer pending.
func (s State) Merge(stored State) State {
	merged := State{}
	maps.Copy(merged, s)
	for name, other := range stored {
		table := merged[name]
		if table.Accepted != other.Accepted || table.Rows != other.Rows || table.Filenode != other.Filenode {
			table.pending = false
		}
		table.Accepted, table.Rows, table.Filenode = other.Accepted, other.Rows, other.Filenode
		merged[name] = table
	}
	return merged
}

// Accepted is the part of the state that outlives a restart.
func (s State) Accepted() State {
	accepted := State{}
	for name, table := range s {
		if table.Accepted {
			accepted[name] = table
		}
	}
	return accepted
}
