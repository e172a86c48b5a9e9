package guard

import (
	"maps"
	"math"
	"math/bits"
	"slices"
	"time"
)

// Usual is what is known of a table's size and changes.
type Usual struct {
	// Days are the days on which the table was accepted, the oldest first.
	Days []Day `json:"days,omitempty"`
	// MostRows and MostOpen are the most that were ever accepted.
	MostRows int64 `json:"most_rows,omitempty"`
	MostOpen int64 `json:"most_open,omitempty"`
	// NewestBound is by how many days the newest event may go back.
	NewestBound int `json:"newest_bound,omitempty"`
	// Orphans and Repeated are those of the last accepted read.
	Orphans  map[string]int64 `json:"orphans,omitempty"`
	Repeated int64            `json:"repeated,omitempty"`
	// Complete is the source's own sign of completeness when the table was accepted.
	Complete time.Time `json:"complete,omitzero"`
}

// Day is the size of a table on one day: the most of all reads.
type Day struct {
	Day    time.Time `json:"day"`
	Rows   int64     `json:"rows"`
	Open   int64     `json:"open,omitempty"`
	Newest time.Time `json:"newest,omitzero"`
}

// The days that are remembered, and those among which the most of late is sought.
const (
	learntDays = 28
	recentDays = 14
)

// with adds an accepted read.
func (u Usual) with(stats TableStats, reading Reading) Usual {
	day := Day{Day: reading.Day, Rows: stats.Rows, Open: stats.Open, Newest: stats.Newest}
	days := slices.DeleteFunc(slices.Clone(u.Days), func(d Day) bool {
		return d.Day.Before(reading.Day.AddDate(0, 0, -learntDays))
	})
	if last := len(days) - 1; last >= 0 && !days[last].Day.Before(day.Day) {
		// A day that lies back is one that a command asks for: nothing is learnt of it.
		if days[last].Day.Equal(day.Day) {
			days[last].Rows, days[last].Open = max(days[last].Rows, day.Rows), max(days[last].Open, day.Open)
			if day.Newest.After(days[last].Newest) {
				days[last].Newest = day.Newest
			}
		}
	} else {
		days = append(days, day)
	}
	return Usual{
		Days: days, MostRows: max(u.MostRows, stats.Rows), MostOpen: max(u.MostOpen, stats.Open), NewestBound: newestBound(stats.Activity),
		Orphans: maps.Clone(stats.Orphans), Repeated: stats.Repeated,
	}
}

// begunAnew forgets the days, since the size of the table is another from now on.
func (u Usual) begunAnew() Usual {
	u.Days = nil
	return u
}

// recent gives the most of the last days before and on a day.
func (u Usual) recent(day time.Time, size func(Day) int64) int64 {
	most := int64(0)
	for i, d := range u.Days {
		// The last day always counts: the exporter may have been off for a month.
		if i == len(u.Days)-1 || !d.Day.Before(day.AddDate(0, 0, -recentDays)) {
			most = max(most, size(d))
		}
	}
	return most
}

// newest gives the latest of the newest events of the last days.
func (u Usual) newest() time.Time {
	var latest time.Time
	for _, d := range u.Days {
		if d.Newest.After(latest) {
			latest = d.Newest
		}
	}
	return latest
}

// largestFall gives the largest fall below the most of the days before, and false
// while fewer than four weeks are learnt.
func (u Usual) largestFall(size func(Day) int64) (fall int64, learnt bool) {
	if len(u.Days) < learntDays*2/3 || u.Days[len(u.Days)-1].Day.Sub(u.Days[0].Day) < (learntDays-2)*24*time.Hour {
		return 0, false
	}
	for i, d := range u.Days {
		before := Usual{Days: u.Days[:i]}
		fall = max(fall, before.recent(d.Day, size)-size(d))
	}
	return fall, true
}

// fortnight is the unit of TableStats.Activity.
const fortnight = 14 * 24 * time.Hour

// activity gives the share of the fortnights with an event, from the first to the
// last of them, a little below 1 at most. Few fortnights tell nothing.
func activity(weeks uint64) (share float64, fortnights int) {
	if weeks == 0 {
		return 0, 0
	}
	fortnights = bits.Len64(weeks) - bits.TrailingZeros64(weeks)
	return float64(bits.OnesCount64(weeks)) / float64(fortnights+1), fortnights
}

// newestBound is by how many days the newest event of a table may go back where a
// record that was a mistake is taken out: a week, and more in a table with few events.
func newestBound(weeks uint64) int {
	share, _ := activity(weeks)
	if share == 0 {
		return math.MaxInt16
	}
	if share > 0.9 {
		return 7
	}
	return 7 + int(42*(1/share-1))
}

func newestOf(tables []TableStats) time.Time {
	var latest time.Time
	for _, stats := range tables {
		if stats.Newest.After(latest) {
			latest = stats.Newest
		}
	}
	return latest
}

// lastDay is the last day on which a table was accepted, zero if there is none.
func (s State) lastDay() time.Time {
	var latest time.Time
	for _, table := range s {
		if days := table.Usual.Days; len(days) > 0 && days[len(days)-1].Day.After(latest) {
			latest = days[len(days)-1].Day
		}
	}
	return latest
}

// hasCompleted reports whether the source's own sign has moved on since its tables
// were accepted. The first sign ever says nothing of what is under way.
func (s State) hasCompleted(complete time.Time) bool {
	last := time.Time{}
	for _, table := range s {
		if table.Usual.Complete.After(last) {
			last = table.Usual.Complete
		}
	}
	return !last.IsZero() && complete.After(last)
}
