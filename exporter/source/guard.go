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
	rules GuardPolicy
	lock  sync.Mutex
	seen  map[string]tableMemory
	file  string
	// read describes the file as it is known, and kept is its text.
	read fs.FileInfo
	kept []byte
}

// tableMemory is one table's accepted state and the run of equal readings that
// may replace it.
type tableMemory struct {
	Accepted bool   `json:"accepted"`
	Rows     int64  `json:"rows"`
	Filenode uint32 `json:"filenode"`
	// doubted is true from the moment the table was held until it is believed: a
	// refresh by DELETE keeps the file, and its half-way state must settle too.
	doubted  bool
	lastRows int64
	lastNode uint32
	// equal counts the equal readings in a row; insisting leaves out those during
	// which another table moved, since a refresh is then under way.
	equal, insisting int
}

// NewGuard starts without memory.
func NewGuard(rules GuardPolicy) *Guard {
	return &Guard{rules: rules, seen: map[string]tableMemory{}}
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
	return g.judge(readings, accept, false)
}

// judge takes a hasty reading, one of several in quick succession, for no sign of
// persistence: a command that reads a year in chunks would wear the guards down.
func (g *Guard) judge(readings []TableStats, accept, hasty bool) (Verdict, error) {
	g.lock.Lock()
	defer g.lock.Unlock()
	recalled := g.recall()
	verdict := Verdict{Held: map[string]string{}, Empty: map[string]bool{}}
	moving := g.follow(readings)
	for _, reading := range readings {
		memory := g.seen[reading.Relation]
		alone := len(moving) == 0 || len(moving) == 1 && moving[reading.Relation]
		if alone && (!hasty || memory.insisting == 0) {
			memory.insisting++
		}
		switch reason, why := g.suspect(memory, reading); {
		case accept || reason == "":
		case reason == "empty":
			memory.doubted = true
			verdict.Empty[reading.Relation] = true
		default:
			memory.doubted = true
			verdict.Held[reason] = join(verdict.Held[reason], why)
		}
		g.seen[reading.Relation] = memory
	}
	if len(verdict.Held) == 0 {
		g.believe(readings, &verdict)
	}
	if recalled != nil {
		// Whoever wrote the file may still need it.
		return verdict, recalled
	}
	return verdict, g.keep()
}

// filled reports whether a relation had rows when it was last believed.
func (g *Guard) filled(relation string) bool {
	g.lock.Lock()
	defer g.lock.Unlock()
	// The reading that follows meets the same fault and tells of it.
	_ = g.recall()
	return g.seen[relation].Rows > 0
}

func join(before, after string) string {
	if before == "" {
		return after
	}
	return before + "; " + after
}

// follow lengthens or restarts the run of equal readings of every table, and
// tells which have not settled.
func (g *Guard) follow(readings []TableStats) (moving map[string]bool) {
	moving = map[string]bool{}
	for _, reading := range readings {
		memory := g.seen[reading.Relation]
		memory.follow(reading)
		g.seen[reading.Relation] = memory
		if g.unsettled(memory, reading) {
			moving[reading.Relation] = true
		}
	}
	return moving
}

// follow compares with the reading before. On a database that is in use rows
// come and go, so one in a thousand counts as equal.
func (m *tableMemory) follow(reading TableStats) {
	difference := max(reading.Rows-m.lastRows, m.lastRows-reading.Rows)
	if m.equal > 0 && m.lastNode == reading.Filenode && difference <= m.lastRows/1000 {
		m.equal++
	} else {
		m.equal, m.insisting = 1, 0
	}
	m.lastRows, m.lastNode = reading.Rows, reading.Filenode
}

func (g *Guard) unsettled(memory tableMemory, reading TableStats) bool {
	changed := !memory.Accepted || memory.Filenode != reading.Filenode || memory.doubted
	return changed && memory.equal < g.rules.MinStableReads
}

func (g *Guard) suspect(memory tableMemory, reading TableStats) (reason, why string) {
	insists := memory.insisting >= g.rules.MinPersistentReads
	emptied := reading.Rows == 0 && memory.Rows > 0
	never := reading.Rows == 0 && !memory.Accepted && !reading.MayBeEmpty
	switch {
	case g.fell(memory, reading) && !insists:
		return "rows_fell", fmt.Sprintf("%s fell from %d to %d rows", reading.Relation, memory.Rows, reading.Rows)
	case g.unsettled(memory, reading):
		return "settling", fmt.Sprintf("%s is new or was refilled", reading.Relation)
	case (emptied || never) && !insists:
		return "empty", ""
	}
	for _, column := range sortedKeys(reading.Orphans) {
		if orphans := reading.Orphans[column]; reading.Rows >= 10 && orphans*2 > reading.Rows && !insists {
			return "orphans", fmt.Sprintf("%d of %d rows of %s have a %s that is nowhere else", orphans, reading.Rows, reading.Relation, column)
		}
	}
	return "", ""
}

func (g *Guard) fell(memory tableMemory, reading TableStats) bool {
	return memory.Accepted && memory.Rows >= g.rules.MinRowsForRatio && float64(reading.Rows) < g.rules.MinRowRatio*float64(memory.Rows)
}

func (g *Guard) believe(readings []TableStats, verdict *Verdict) {
	for _, reading := range readings {
		if verdict.Empty[reading.Relation] {
			continue
		}
		memory := g.seen[reading.Relation]
		if g.fell(memory, reading) || reading.Rows == 0 && memory.Rows > 0 {
			verdict.Warnings = append(verdict.Warnings, fmt.Sprintf("%s: %d rows accepted after %d", reading.Relation, reading.Rows, memory.Rows))
		}
		memory.Accepted, memory.Rows, memory.Filenode, memory.doubted = true, reading.Rows, reading.Filenode, false
		g.seen[reading.Relation] = memory
	}
	slices.Sort(verdict.Warnings)
}
