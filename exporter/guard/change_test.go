package guard_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/guard"
)

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// table is a table with an event in every fortnight of two years up to yesterday.
func table(change func(*guard.TableStats)) guard.TableStats {
	stats := guard.TableStats{Relation: "cp_plan", Filenode: 1, Rows: 235, Open: 26, HasEnd: true, Newest: date(2026, time.March, 30), Activity: 1<<52 - 1}
	change(&stats)
	return stats
}

func whole() guard.TableStats { return table(func(*guard.TableStats) {}) }

func TestChangeOfATableIsHeldByItsOwnReason(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*guard.TableStats)
		want   string
	}{
		{"nothing", func(*guard.TableStats) {}, "accepted"},
		{"some open rows close", func(s *guard.TableStats) { s.Open = 17 }, "accepted"},
		{"most open rows are gone", func(s *guard.TableStats) { s.Open = 5 }, "open_fell"},
		{"no open row is left", func(s *guard.TableStats) { s.Open = 0 }, "open_fell"},
		{"open rows double", func(s *guard.TableStats) { s.Open = 110 }, "rows_grew"},
		{"rows double", func(s *guard.TableStats) { s.Rows = 470 }, "rows_grew"},
		{"the newest week is a mistake", func(s *guard.TableStats) { s.Newest = date(2026, time.March, 23) }, "accepted"},
		{"the newest month is missing", func(s *guard.TableStats) { s.Newest = date(2026, time.March, 2) }, "newest_fell"},
		{"no event has a date", func(s *guard.TableStats) { s.Newest = time.Time{} }, "newest_fell"},
		{"a tenth refers to nothing", func(s *guard.TableStats) { s.Orphans = map[string]int64{"person_id": 23} }, "orphans"},
		{"a few refer to nothing", func(s *guard.TableStats) { s.Orphans = map[string]int64{"person_id": 5} }, "accepted"},
		{"a tenth of the ids repeat", func(s *guard.TableStats) { s.Repeated = 23 }, "repeated"},
	} {
		r := newReader()
		for range 2 {
			r.outcome(whole())
		}
		for range 50 {
			if got := r.outcome(table(test.change)); got != test.want {
				t.Fatalf("%s: %s, want %s", test.name, got, test.want)
			}
		}
		if test.want != "accepted" {
			if message := r.read(guard.Enforce, table(test.change)); !strings.Contains(messages(message), "collect -accept") {
				t.Errorf("%s: the message does not say how to accept it: %s", test.name, messages(message))
			}
			r.read(guard.AcceptAndStore, table(test.change))
			if got := r.outcome(table(test.change)); got != "accepted" {
				t.Errorf("%s: after accept it is %s", test.name, got)
			}
		}
	}
}

func messages(verdict guard.Verdict) string {
	var all string
	for _, message := range verdict.Held {
		all += message
	}
	return all
}

func TestNewTableIsComparedWithTheOthersOfItsSource(t *testing.T) {
	visits := guard.TableStats{Relation: "cp_visit", Filenode: 1, Rows: 4000, Newest: date(2026, time.March, 30), Activity: 1<<60 - 1}
	for _, test := range []struct {
		name   string
		change func(*guard.TableStats)
		want   string
	}{
		{"it goes on as far", func(*guard.TableStats) {}, "accepted"},
		{"its newest nine months are missing", func(s *guard.TableStats) {
			s.Newest, s.Activity = date(2025, time.June, 30), s.Activity&^(1<<19-1)
		}, "newest_fell"},
		{"its newest three years are missing", func(s *guard.TableStats) { s.Newest, s.Activity = date(2023, time.March, 30), 0 }, "newest_fell"},
		{"it is loaded once a term", func(s *guard.TableStats) {
			s.Newest, s.Activity = date(2025, time.December, 19), 1<<7|1<<15|1<<24|1<<33
		}, "accepted"},
		{"a third refers to nothing", func(s *guard.TableStats) { s.Orphans = map[string]int64{"person_id": 78} }, "orphans"},
		{"some refer to nothing", func(s *guard.TableStats) { s.Orphans = map[string]int64{"person_id": 20} }, "accepted"},
		{"most ids repeat", func(s *guard.TableStats) { s.Repeated = 200 }, "repeated"},
	} {
		r := newReader()
		var got string
		for range 50 {
			got = r.outcome(table(test.change), visits)
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestFallThatFourWeeksHadIsNoSurpriseAndALargerOneIs(t *testing.T) {
	r := newReader()
	caseload := func(open int64) guard.TableStats {
		return table(func(s *guard.TableStats) { s.Rows, s.Open, s.Newest = 4000, open, r.day })
	}
	for day := range int64(40) {
		r.day = date(2026, time.January, 1).AddDate(0, 0, int(day))
		for range 2 {
			if got := r.outcome(caseload(600 - day%5)); day > 0 && got != "accepted" {
				t.Fatalf("day %d: %s", day, got)
			}
		}
	}
	if got := r.outcome(caseload(590)); got != "accepted" {
		t.Errorf("a little more than ever: %s", got)
	}
	// Before four weeks are learnt, a fall of 70 of 600 would pass.
	if got := r.outcome(caseload(560)); got != "open_fell" {
		t.Errorf("ten times as much: %s", got)
	}
}

func TestSourceThatSaysWhenItIsCompleteIsTakenAtItsWord(t *testing.T) {
	r := newReader()
	var signed time.Time
	outcome := func(stats guard.TableStats) string {
		verdict, next := r.policy.Check(r.state, guard.Reading{Tables: []guard.TableStats{stats}, Day: r.day, Complete: signed}, guard.Enforce)
		r.state = next
		for reason := range verdict.Held {
			return string(reason)
		}
		return "accepted"
	}
	half := table(func(s *guard.TableStats) { s.Filenode, s.Rows, s.Open = 2, 230, 25 })
	signed = r.day.Add(3 * time.Hour)
	got := []string{outcome(whole()), outcome(whole())}
	for range 3 {
		got = append(got, outcome(half))
	}
	signed = signed.Add(24 * time.Hour)
	halved := table(func(s *guard.TableStats) { s.Filenode, s.Rows, s.Open = 2, 90, 9 })
	got = append(got, outcome(halved), outcome(halved), outcome(halved))
	want := []string{"settling", "accepted", "settling", "settling", "settling", "settling", "accepted", "accepted"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAbsurdClockHoldsTheSource(t *testing.T) {
	future := table(func(s *guard.TableStats) { s.Newest, s.Activity, s.Future = time.Time{}, 0, 235 })
	late := func(s guard.TableStats) guard.TableStats { s.Activity = 0; return s }
	for name, test := range map[string]struct {
		day   time.Time
		stats guard.TableStats
		known bool
	}{
		"1970":                       {date(1970, time.January, 1), future, false},
		"2099":                       {date(2099, time.January, 1), late(whole()), false},
		"1970, after a right day":    {date(1970, time.January, 1), future, true},
		"2099, after a right day":    {date(2099, time.January, 1), late(whole()), true},
		"a week back, after a right": {date(2026, time.March, 24), table(func(s *guard.TableStats) { s.Newest = date(2026, time.March, 24) }), true},
	} {
		r := newReader()
		for range 2 {
			if test.known {
				r.outcome(whole())
			}
		}
		r.day = test.day
		for range 5 {
			if got := r.outcome(test.stats); !strings.Contains(got, "clock") {
				t.Errorf("%s: %s", name, got)
			}
		}
	}
	old := newReader()
	old.day = date(2028, time.March, 1)
	old.read(guard.AcceptAndStore, whole())
	if got := old.outcome(whole()); got != "accepted" {
		t.Errorf("an old copy that was accepted: %s", got)
	}
}

func TestDatesThatAreMissingMakeATableUnusable(t *testing.T) {
	for name, test := range map[string]struct {
		dates []guard.DateColumn
		want  string
	}{
		"all filled":      {[]guard.DateColumn{{Name: "starts", Required: true, Dates: 235}, {Name: "ends", Dates: 209}}, ""},
		"none filled":     {[]guard.DateColumn{{Name: "starts", Required: true}}, "235 of 235 rows of cp_plan have no starts"},
		"a few filled":    {[]guard.DateColumn{{Name: "starts", Required: true, Dates: 98}}, "137 of 235 rows of cp_plan have no starts"},
		"all rows open":   {[]guard.DateColumn{{Name: "starts", Required: true, Dates: 235}, {Name: "ends"}}, ""},
		"ends unreadable": {[]guard.DateColumn{{Name: "ends", Dates: 91, Unreadable: 117}}, "117 values of ends of cp_plan are no dates, and 91 are"},
	} {
		stats := table(func(s *guard.TableStats) { s.Dates = test.dates })
		for _, mode := range []guard.Mode{guard.Enforce, guard.AcceptAndStore, guard.AcceptOnce} {
			if got := newReader().read(mode, stats).Unfilled["cp_plan"]; got != test.want {
				t.Errorf("%s: %q, want %q", name, got, test.want)
			}
		}
	}
}
