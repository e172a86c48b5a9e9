package commentary_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/commentary"
	"childrens-services-exporter/exporter/definition"
)

const validFile = `---
indicator: childrens_plans
period: 2026-27 Q2
author: Head of safeguarding
action: Two more conferences a week
published: true
---
More plans began than ended.
`

func plans() *definition.Indicator {
	return &definition.Indicator{Name: "childrens_plans", Commentary: true}
}

func read(t *testing.T, plans *definition.Indicator, contents map[string]string) commentary.Collection {
	t.Helper()
	cal, err := calendar.New(calendar.Options{})
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for name, text := range contents {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return commentary.Reader{Calendar: cal, Indicator: func(name string) (*definition.Indicator, error) {
		if name == plans.Name {
			return plans, nil
		}
		return nil, fmt.Errorf("no indicator %q; the command catalogue lists them", name)
	}}.Read(folder)
}

func anyPeriod(calendar.Period) bool { return true }

func TestInvalidFileIsAnIssueWithItsLine(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"no header":          {"Hello\n", ":1: begin with a header between two lines of ---, as in the README"},
		"empty":              {"", ":1: begin with a header between two lines of ---, as in the README"},
		"header not ended":   {"---\nindicator: childrens_plans\n", ":1: begin with a header between two lines of ---, as in the README"},
		"typo in a key":      {strings.Replace(validFile, "author:", "auther:", 1), ":4: there is no key auther; the keys are indicator, period, author, action and published"},
		"published neither":  {strings.Replace(validFile, "true", "maybe", 1), ":6: published is true or false"},
		"unknown indicator":  {strings.Replace(validFile, "childrens_plans", "childrens_plan", 1), `:2: no indicator "childrens_plan"; the command catalogue lists them`},
		"unknown period":     {strings.Replace(validFile, "Q2", "Q5", 1), `:3: period "2026-27 Q5" is none: write a quarter as 2026-27 Q2, a financial year as 2026-27, a month as 2026-09 or a year as 2026`},
		"years that skip":    {strings.Replace(validFile, "2026-27 Q2", "2026-28 Q2", 1), `:3: period "2026-28 Q2" is none: write a quarter as 2026-27 Q2, a financial year as 2026-27, a month as 2026-09 or a year as 2026`},
		"20,000 characters":  {validFile + strings.Repeat("x", 20_000), ":8: the text has 20029 characters; shorten it to 1000"},
		"larger still":       {validFile + strings.Repeat("x", 100_000), ":1: the file is larger than 65536 bytes; a text has at most 1000 characters"},
		"endless name":       {strings.Replace(validFile, "childrens_plans", strings.Repeat("y", 20_000), 1), ":2: the name is no indicator's; the command catalogue lists them"},
		"no text":            {strings.Replace(validFile, "More plans began than ended.", "\u202e", 1), ":8: there is no text below the header"},
		"nobody says it":     {strings.Replace(validFile, "author: Head of safeguarding\n", "", 1), ":1: author is missing; give the post of whoever says it, not a name"},
		"not UTF-8":          {validFile + "\xff", ":1: is not written in UTF-8; save it as such"},
		"a header of a list": {"---\n- a\n---\ntext\n", ":2: the header cannot be read; each line is a key, a colon and a value"},
	} {
		t.Run(name, func(t *testing.T) {
			plans := plans()
			collection := read(t, plans, map[string]string{"slip.md": test.text, "sound.md": strings.Replace(validFile, "2026-27 Q2", "2026-27 Q1", 1)})
			if len(collection.Issues) != 1 || collection.Issues[0].Input != "commentary" || collection.Issues[0].Message != "slip.md"+test.want+"; it is left out" {
				t.Errorf("\n got %q\nwant %s", collection.Issues, test.want)
			}
			if _, ok := collection.Find(plans, "2026-27 Q1"); !ok {
				t.Error("the file beside it is left out as well")
			}
		})
	}
}

func TestDraftsAreCountedAndNotPublished(t *testing.T) {
	plans := plans()
	for _, change := range []string{"published: false\n", ""} {
		collection := read(t, plans, map[string]string{"draft.md": strings.Replace(validFile, "published: true\n", change, 1)})
		if latest := collection.Latest([]*definition.Indicator{plans}, anyPeriod); len(latest) > 0 || collection.Drafts != 1 || len(collection.Issues) > 0 {
			t.Errorf("%q: %v, %d drafts, %v", change, latest, collection.Drafts, collection.Issues)
		}
	}
}

func TestLatestIsTheEntryOfTheLatestPeriodTheFilterAccepts(t *testing.T) {
	plans := plans()
	collection := read(t, plans, map[string]string{
		"q1.md": strings.Replace(validFile, "2026-27 Q2", "2026-27 Q1", 1), "q2.md": validFile,
		"again.md": validFile, ".old/q3.md": strings.Replace(validFile, "Q2", "Q3", 1), "notes.txt": "not read",
	})
	if want := "q2.md:1: another file speaks of childrens_plans in 2026-27 Q2 already; keep one; it is left out"; len(collection.Issues) != 1 || collection.Issues[0].Message != want {
		t.Errorf("%v", collection.Issues)
	}
	for until, want := range map[time.Time]string{
		calendar.Date(2026, time.September, 30): "2026-27 Q2",
		calendar.Date(2026, time.September, 29): "2026-27 Q1",
		calendar.Date(2026, time.June, 29):      "",
	} {
		got := ""
		for _, entry := range collection.Latest([]*definition.Indicator{plans}, func(p calendar.Period) bool { return !p.Ends.After(until) }) {
			got += entry.Period.Label
		}
		if got != want {
			t.Errorf("until %s it is %q, want %q", until.Format(time.DateOnly), got, want)
		}
	}
	for label, want := range map[string]int{"2026-27 Q2": 0, "2026-27 Q3": 1} {
		if missing := collection.Missing([]*definition.Indicator{plans, {Name: "childrens_other"}}, calendar.Period{Label: label}); len(missing) != want {
			t.Errorf("%s lacks %d", label, len(missing))
		}
	}
}

func TestEventsAreReadInOrderOfDay(t *testing.T) {
	collection := read(t, plans(), map[string]string{"events.yaml": "2026-05-01: <b>New</b> case system\n2020-03-23: First lockdown\n1 May: Fair\n2021-01-05: First lockdown\n2021-01-06:\n"})
	want := []commentary.Event{
		{Name: "First lockdown", Day: calendar.Date(2020, time.March, 23)},
		{Name: "‹b›New‹/b› case system", Day: calendar.Date(2026, time.May, 1)},
	}
	if diff := cmp.Diff(want, collection.Events); diff != "" {
		t.Error(diff)
	}
	var messages []string
	for _, issue := range collection.Issues {
		messages = append(messages, issue.Message)
	}
	wantMessages := []string{
		"events.yaml:3: the day is written as 2020-03-23; it is left out",
		"events.yaml:4: another day has the same words; tell them apart; it is left out",
		"events.yaml:5: say what happened in 1 to 80 characters; it is left out",
	}
	if diff := cmp.Diff(wantMessages, messages); diff != "" {
		t.Error(diff)
	}
}

func TestSanitiseLeavesNoMarkupOrControlCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"<script>alert(\"1\")</script>":           `‹script›alert("1")‹/script›`,
		"one\r\ntwo\tthree\u2028four\u0085five":   "one two three four five",
		"abc\u202edef\u2066g\u200e\u200f\u061ch":  "abcdefgh",
		"nul\x00 bell\a escape\x1b[31m":           "nul bell escape[31m",
		"caf\u00e9 \U0001F468\u200D\U0001F469 ok": "caf\u00e9 \U0001F468\u200D\U0001F469 ok",
		"soft\u00adhyphen \ufeffmark":             "softhyphen mark",
	} {
		if got := commentary.Sanitise(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
