package mutation

import (
	"fmt"
	"slices"
	"strings"
)

// Mutant is one small change of one file.
type Mutant struct {
	// File is the path in the repository.
	File string
	Line int
	// Change says what became of what, as in "<= becomes <".
	Change string
	// Key names the change by the words around it, so that it keeps its name when lines move.
	Key string
	// Text is the whole file with the change.
	Text string
	// Part is the indicator, limit or mapped relation whose own lines are changed; empty in SQL.
	Part string
}

// edit replaces a part of a text.
type edit struct {
	from, to int
	with     string
}

// change is what a site offers: edits that belong together.
type change struct {
	part  string
	what  string
	edits []edit
}

func replace(from, to int, old, with string) change {
	return change{what: fmt.Sprintf("%s becomes %s", oneLine(old), oneLine(with)), edits: []edit{{from, to, with}}}
}

func drop(from, to int, old string) change {
	return change{what: oneLine(old) + " dropped", edits: []edit{{from, to, ""}}}
}

func apply(src string, edits []edit) string {
	edits = slices.SortedFunc(slices.Values(edits), func(a, b edit) int { return b.from - a.from })
	for _, e := range edits {
		src = src[:e.from] + e.with + src[e.to:]
	}
	return src
}

// mutants makes a mutant of each change, in the order of the text, and names them: by the change, and by the line where
// two changes of a file are the same.
func mutants(file, src string, changes []change) []Mutant {
	slices.SortStableFunc(changes, func(a, b change) int { return a.edits[0].from - b.edits[0].from })
	var all []Mutant
	seen, named := map[string]bool{}, map[string]int{}
	for _, c := range changes {
		m := Mutant{File: file, Part: c.part, Change: c.what, Text: apply(src, c.edits)}
		if seen[m.Text] || m.Text == src {
			continue
		}
		seen[m.Text] = true
		at := c.edits[0].from
		m.Line = 1 + strings.Count(src[:at], "\n")
		if c.part != "" {
			m.Change = c.part + ": " + c.what
		}
		m.Key = m.Change + " in: " + oneLine(lineAt(src, at))
		if named[m.Key]++; named[m.Key] > 1 {
			m.Key += fmt.Sprintf(" (%d)", named[m.Key])
		}
		all = append(all, m)
	}
	return all
}

func lineAt(src string, at int) string {
	start := strings.LastIndexByte(src[:at], '\n') + 1
	end := strings.IndexByte(src[start:], '\n')
	if end < 0 {
		return src[start:]
	}
	return src[start : start+end]
}

func oneLine(written string) string { return strings.Join(strings.Fields(written), " ") }
