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
	// Filenode changes when a table, or one beneath a view, is truncated or recreated; 0
	// where there is none.
	Filenode uint32
	Rows     int64
	// Open counts the rows without an end date, and HasEnd is true where the table has one.
	Open   int64
	HasEnd bool
	// MayBeEmpty is true of a table in which no rows at all are ordinary.
	MayBeEmpty bool
	// Orphans counts rows whose reference matches no row, by staging column.
	Orphans map[string]int64
	// Repeated counts rows whose id another row has.
	Repeated int64
	// Dates are the columns with dates that every row should have, and the end date.
	Dates []DateColumn
	// Future counts the rows whose event lies after today.
	Future int64
	// Checks counts rows by data quality fault.
	Checks map[string]int64
	// Codes counts the words of each column of codes, by staging column.
	Codes map[string]CodeCount
	// Newest is the latest event date up to today, zero if there is none.
	Newest time.Time
	// Activity has bit n set where an event happened in the n-th fortnight before today.
	Activity uint64
}

// DateColumn is how far a column of dates is filled.
type DateColumn struct {
	Name string
	// Required is true where every row should have the date.
	Required bool
	// Dates counts the rows with a date, and Unreadable those with a text that is none.
	Dates, Unreadable int64
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
	// MinPersistentReads is how many equal reads in a row make it acceptable that a
	// table of a handful of rows is empty, or any table where Change is nil.
	MinPersistentReads int
	// MaxUnmappedShare is the share of the filled rows of a column of codes above which
	// unknown words make what rests on it unavailable; 0 is the default, 1 allows all.
	MaxUnmappedShare float64
	// Change holds a table that changes by more than it is known to. No number of reads
	// makes such a change acceptable: a refresh that died looks the same for ever. Where
	// it is nil, any change is accepted.
	Change *ChangePolicy
}

// DefaultPolicy is the one that the handbook gives.
func DefaultPolicy() Policy {
	return Policy{MinStableReads: 2, MinPersistentReads: 4, Change: DefaultChangePolicy()}
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
	// Unfilled explains, by relation, which dates are missing. Nothing accepts it: a
	// count over dates that nobody filled in is no count.
	Unfilled map[string]string
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
	// Usual is what is known of the table's size and changes.
	Usual Usual `json:"usual,omitzero"`
	// pending is true while the table is held: a refresh by DELETE leaves the filenode
	// as it is, and a half-filled table has to settle too.
	pending      bool
	lastRows     int64
	lastFilenode uint32
	// stableReads counts the equal reads in a row. persistentReads leaves out those
	// during which another table changed, since a refresh is then under way.
	stableReads, persistentReads int
}

// Reading is what one read of a source counted.
type Reading struct {
	Tables []TableStats
	// Day is the civil date that the data are seen from.
	Day time.Time
	// Complete is the source's own sign of completeness: the moment of its last whole
	// refresh, zero where it gives none.
	Complete time.Time
}

// Check compares the tables with the state after the read before, and gives a
// verdict and the next state.
func (p Policy) Check(before State, reading Reading, mode Mode) (Verdict, State) {
	verdict := Verdict{Held: map[unavailable.Reason]string{}, Empty: map[string]bool{}, Unfilled: p.unfilled(reading.Tables)}
	if mode == AcceptOnce {
		return verdict, before
	}
	next := State{}
	maps.Copy(next, before)
	unsettled := p.update(next, reading.Tables)
	completed := next.hasCompleted(reading.Complete)
	facts := sourceFacts{reading.Day, newestOf(reading.Tables), completed, !reading.Complete.IsZero()}
	verdict.hold(p.clockObjection(before, reading, mode))
	for _, stats := range reading.Tables {
		state := next[stats.Relation]
		quiet := len(unsettled) == 0 || len(unsettled) == 1 && unsettled[stats.Relation]
		if quiet && (mode != EnforceWithoutProgress || state.persistentReads == 0) {
			state.persistentReads++
		}
		reason, message := p.objection(state, stats, facts)
		switch {
		case mode == AcceptAndStore || reason == "":
		case reason == unavailable.Empty:
			state.pending = true
			verdict.Empty[stats.Relation] = true
		default:
			state.pending = true
			verdict.hold(reason, message)
		}
		next[stats.Relation] = state
	}
	if mode == AcceptAndStore {
		clear(verdict.Held)
	}
	if len(verdict.Held) == 0 {
		verdict.Warnings = p.accept(next, reading, verdict.Empty, mode)
	}
	verdict.sayHowToAccept()
	return verdict, next
}

// sourceFacts are what the rules for one table know of the rest of the reading.
type sourceFacts struct {
	day, newest time.Time
	// completed is true where the source says that a refresh has ended since the tables
	// were last accepted, and signed where it says so at all.
	completed, signed bool
}

// hold adds a reason to hold the source.
func (v *Verdict) hold(reason unavailable.Reason, message string) {
	if reason == "" {
		return
	}
	if earlier := v.Held[reason]; earlier != "" {
		message = earlier + "; " + message
	}
	v.Held[reason] = message
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
func (p Policy) objection(state TableState, stats TableStats, facts sourceFacts) (reason unavailable.Reason, message string) {
	if reason, message = p.changeObjection(state, stats, facts); reason != "" {
		return reason, message
	}
	persists := state.persistentReads >= p.MinPersistentReads && !p.isLasting(state)
	emptied := stats.Rows == 0 && state.Rows > 0 && !facts.completed
	neverFilled := stats.Rows == 0 && !state.Accepted && !stats.MayBeEmpty
	switch {
	case p.isSettling(state, stats):
		return unavailable.Settling, fmt.Sprintf("%s is new or was refilled", stats.Relation)
	case (emptied || neverFilled) && !persists:
		return unavailable.Empty, ""
	}
	return "", ""
}

// accept makes the tables, but for the empty ones, the accepted state, and gives
// the sudden changes among them.
func (p Policy) accept(state State, reading Reading, empty map[string]bool, mode Mode) (warnings []string) {
	newest := newestOf(reading.Tables)
	for _, stats := range reading.Tables {
		if empty[stats.Relation] {
			continue
		}
		table := state[stats.Relation]
		_, change := p.changeObjection(table, stats, sourceFacts{day: reading.Day, newest: newest})
		if change != "" && stats.Rows < table.Rows || stats.Rows == 0 && table.Rows > 0 {
			change = fmt.Sprintf("%s: %d rows accepted after %d", stats.Relation, stats.Rows, table.Rows)
		}
		if change != "" && table.Accepted {
			warnings = append(warnings, change)
		}
		if change != "" {
			table.Usual = table.Usual.begunAnew()
		}
		if mode != EnforceWithoutProgress {
			// A command reads many days in a minute, which teaches nothing of the table.
			table.Usual = table.Usual.with(stats, reading)
		}
		table.Usual.Complete = reading.Complete
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
		table.Accepted, table.Rows, table.Filenode, table.Usual = other.Accepted, other.Rows, other.Filenode, other.Usual
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
