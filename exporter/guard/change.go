package guard

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"childrens-services-exporter/exporter/unavailable"
)

// ChangePolicy is by how much a table may change between two accepted reads.
type ChangePolicy struct {
	// MaxFall is the share of its rows, or open rows, by which a table may fall, and
	// Deviations how many square roots of them. Both must be passed for it to be held.
	MaxFall, Deviations float64
	// Handful is a number of rows that may go to 0 without surprise.
	Handful int64
	// MaxGrowth is how many times its rows a table may have from one read to the next.
	MaxGrowth float64
	// MaxNewShare is the share of orphans, or of repeated ids, in a table of which
	// nothing is known yet, and MaxMoreShare by how much it may rise.
	MaxNewShare, MaxMoreShare float64
	// MaxUnfilled is the share of rows without a date that they should have.
	MaxUnfilled float64
	// MinChance is the least chance that a table without recent events has none.
	MinChance float64
	// MaxAhead is how many days today may lie after the newest event of a source.
	MaxAhead int
}

// DefaultChangePolicy lets the ordinary days of small councils pass.
func DefaultChangePolicy() *ChangePolicy {
	return &ChangePolicy{
		MaxFall: 0.05, Deviations: 3, Handful: 5, MaxGrowth: 1.9, MaxNewShare: 0.1, MaxMoreShare: 0.03,
		MaxUnfilled: 0.5, MinChance: 1e-5, MaxAhead: 366,
	}
}

// howToAccept ends the message about a change.
const howToAccept = "; if that is right, run collect -accept"

// sayHowToAccept ends the messages of the reasons that a person can accept.
func (v *Verdict) sayHowToAccept() {
	for _, reason := range []unavailable.Reason{unavailable.RowsFell, unavailable.OpenFell, unavailable.NewestFell, unavailable.RowsGrew, unavailable.Orphans, unavailable.Repeated} {
		if v.Held[reason] != "" {
			v.Held[reason] += howToAccept
		}
	}
}

// isLasting reports whether an emptiness needs a person: a refresh that died leaves
// a table empty for ever.
func (p Policy) isLasting(state TableState) bool {
	return p.Change != nil && (!state.Accepted || state.Rows > p.Change.Handful)
}

// changeObjection is the reason to hold a table for how it changed or, where nothing
// is known of it, for how it stands beside the others.
func (p Policy) changeObjection(state TableState, stats TableStats, facts sourceFacts) (unavailable.Reason, string) {
	if p.Change == nil || facts.completed {
		return "", ""
	}
	rules := []func(TableState, TableStats, sourceFacts) (unavailable.Reason, string){p.Change.unsigned, p.Change.rows, p.Change.open, p.Change.newest, p.Change.links}
	for _, rule := range rules {
		if reason, message := rule(state, stats, facts); reason != "" {
			return reason, message
		}
	}
	return "", ""
}

// unsigned holds a table that changed while the source's own sign did not move on.
func (c *ChangePolicy) unsigned(state TableState, stats TableStats, facts sourceFacts) (unavailable.Reason, string) {
	if !facts.signed || state.Usual.Complete.IsZero() || state.Rows == stats.Rows && state.Filenode == stats.Filenode {
		return "", ""
	}
	return unavailable.Settling, stats.Relation + " changed, and the source does not say that its refresh is complete"
}

// rows holds a table whose rows fell, or grew to about twice as many.
func (c *ChangePolicy) rows(state TableState, stats TableStats, facts sourceFacts) (unavailable.Reason, string) {
	if !state.Accepted {
		return "", ""
	}
	usual := state.Usual
	before := max(state.Rows, usual.recent(facts.day, rowsOf))
	if c.fell(before, stats.Rows, usual, rowsOf) {
		return unavailable.RowsFell, fmt.Sprintf("%s fell from %d to %d rows", stats.Relation, before, stats.Rows)
	}
	if most := max(usual.MostRows, state.Rows); c.grew(most, stats.Rows) {
		return unavailable.RowsGrew, fmt.Sprintf("%s grew from %d to %d rows", stats.Relation, most, stats.Rows)
	}
	return "", ""
}

// open holds a table whose open rows fell, or grew to about twice as many.
func (c *ChangePolicy) open(state TableState, stats TableStats, facts sourceFacts) (unavailable.Reason, string) {
	if !state.Accepted || !stats.HasEnd || len(state.Usual.Days) == 0 {
		return "", ""
	}
	before := state.Usual.recent(facts.day, openOf)
	if c.fell(before, stats.Open, state.Usual, openOf) || before > c.Handful && stats.Open == 0 {
		return unavailable.OpenFell, fmt.Sprintf("%s fell from %d to %d open rows", stats.Relation, before, stats.Open)
	}
	if c.grew(state.Usual.MostOpen, stats.Open) {
		return unavailable.RowsGrew, fmt.Sprintf("%s grew from %d to %d open rows", stats.Relation, state.Usual.MostOpen, stats.Open)
	}
	return "", ""
}

// fell reports whether a number fell by more than it is known to. Until four weeks
// are learnt, that is a share of it and some square roots; from then on, more than
// any fall of those weeks, with room for chance.
func (c *ChangePolicy) fell(before, now int64, usual Usual, size func(Day) int64) bool {
	fall, most := float64(before-now), float64(before)
	bound := max(c.MaxFall*most, c.Deviations*math.Sqrt(most))
	if largest, learnt := usual.largestFall(size); learnt {
		usualFall := float64(max(largest, 1))
		bound = min(bound, max(usualFall+c.Deviations*math.Sqrt(usualFall)+float64(c.Handful), most/200))
	}
	return fall > bound
}

func (c *ChangePolicy) grew(most, now int64) bool {
	return most > 2*c.Handful && float64(now) >= c.MaxGrowth*float64(most)
}

// newest holds a table whose newest events are missing: against what was accepted
// or, where nothing was, against the other tables of the source.
func (c *ChangePolicy) newest(state TableState, stats TableStats, facts sourceFacts) (unavailable.Reason, string) {
	if known := state.Usual.newest(); !known.IsZero() {
		if known.After(facts.day.AddDate(0, 0, 7)) {
			// A command that looks at an earlier day, to which no newest event is known.
			return "", ""
		}
		if known.After(facts.day) {
			known = facts.day
		}
		if back := int(known.Sub(stats.Newest).Hours() / 24); back > max(state.Usual.NewestBound, 7) {
			return unavailable.NewestFell, fmt.Sprintf("the newest event of %s went back from %s to %s", stats.Relation, known.Format(time.DateOnly), dateOrNone(stats.Newest))
		}
		return "", ""
	}
	if state.Accepted || stats.Newest.IsZero() || facts.newest.IsZero() || stats.Rows < 4*c.Handful {
		return "", ""
	}
	gap := math.Floor(float64(facts.newest.Sub(stats.Newest)) / float64(fortnight))
	share, fortnights := activity(stats.Activity)
	unlikely := fortnights >= 6 && math.Pow(1-share, gap) < c.MinChance
	if unlikely || stats.Activity == 0 && gap >= 62 {
		return unavailable.NewestFell, fmt.Sprintf("%s has no event after %s, though the source goes on to %s",
			stats.Relation, stats.Newest.Format(time.DateOnly), facts.newest.Format(time.DateOnly))
	}
	return "", ""
}

func dateOrNone(day time.Time) string {
	if day.IsZero() {
		return "none"
	}
	return day.Format(time.DateOnly)
}

// links holds a table whose references lead nowhere, or whose ids are not unique.
func (c *ChangePolicy) links(state TableState, stats TableStats, _ sourceFacts) (unavailable.Reason, string) {
	if stats.Rows < 10 {
		return "", ""
	}
	known := state.Accepted && len(state.Usual.Days) > 0
	for _, column := range slices.Sorted(maps.Keys(stats.Orphans)) {
		if orphans := stats.Orphans[column]; c.more(known, state.Usual.Orphans[column], orphans, stats.Rows) {
			return unavailable.Orphans, fmt.Sprintf("%d of %d rows of %s have a %s that is nowhere else", orphans, stats.Rows, stats.Relation, column)
		}
	}
	if c.more(known, state.Usual.Repeated, stats.Repeated, stats.Rows) {
		return unavailable.Repeated, fmt.Sprintf("%d of %d rows of %s have an id that another row has", stats.Repeated, stats.Rows, stats.Relation)
	}
	return "", ""
}

func (c *ChangePolicy) more(known bool, before, now, rows int64) bool {
	if !known {
		return float64(now) > c.MaxNewShare*float64(rows) && now > c.Handful
	}
	rise := float64(now - before)
	return rise > c.MaxMoreShare*float64(rows) && rise > float64(c.Handful)+c.Deviations*math.Sqrt(float64(before))
}

// clockObjection holds a source whose events say that today is another day. Commands
// that ask for a day that lies back are right to do so.
func (p Policy) clockObjection(before State, reading Reading, mode Mode) (unavailable.Reason, string) {
	if p.Change == nil || mode != Enforce {
		return "", ""
	}
	today, last := reading.Day.Format(time.DateOnly), before.lastDay()
	if reading.Day.Before(last.AddDate(0, 0, -1)) {
		return unavailable.Clock, fmt.Sprintf("today, %s, lies before the last reading, %s; check the clock of this machine", today, last.Format(time.DateOnly))
	}
	for _, stats := range reading.Tables {
		if stats.Rows >= 4*p.Change.Handful && stats.Future*2 > stats.Rows {
			return unavailable.Clock, fmt.Sprintf("%d of %d rows of %s lie after today, %s; check the clock of this machine and the dates",
				stats.Future, stats.Rows, stats.Relation, today)
		}
	}
	// What was accepted of late is an old copy, and the clock is right.
	accepted := reading.Day.Sub(last) < learntDays*24*time.Hour
	newest := newestOf(reading.Tables)
	if ahead := int(reading.Day.Sub(newest).Hours() / 24); !newest.IsZero() && ahead > p.Change.MaxAhead && !accepted {
		return unavailable.Clock, fmt.Sprintf("today, %s, lies %d days after the newest event; check the clock of this machine%s", today, ahead, howToAccept)
	}
	return "", ""
}

// unfilled explains, by relation, which dates are missing or cannot be read.
func (p Policy) unfilled(tables []TableStats) map[string]string {
	unfilled := map[string]string{}
	if p.Change == nil {
		return unfilled
	}
	for _, stats := range tables {
		for _, column := range stats.Dates {
			without := stats.Rows - column.Dates
			switch {
			case column.Unreadable > column.Dates:
				unfilled[stats.Relation] = fmt.Sprintf("%d values of %s of %s are no dates, and %d are", column.Unreadable, column.Name, stats.Relation, column.Dates)
			case column.Required && stats.Rows > 0 && (column.Dates == 0 || stats.Rows >= 10 && float64(without) > p.Change.MaxUnfilled*float64(stats.Rows)):
				unfilled[stats.Relation] = fmt.Sprintf("%d of %d rows of %s have no %s", without, stats.Rows, stats.Relation, column.Name)
			}
		}
	}
	return unfilled
}

func rowsOf(day Day) int64 { return day.Rows }

func openOf(day Day) int64 { return day.Open }
