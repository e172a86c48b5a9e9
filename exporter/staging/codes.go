package staging

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/postgres"
)

// codeSet gives each code the words that sources write for it.
type codeSet map[string][]string

// LocalCode is a row of the council's own table of codes: what a word in a column
// of a source means.
type LocalCode struct{ Table, Column, Raw, Code string }

func (s *Staging) readCodes() error {
	files, err := fs.Glob(s.files, "codes/*.yaml")
	if err != nil {
		return err
	}
	for _, file := range files {
		sets := map[string]codeSet{}
		if err := s.decode(file, &sets); err != nil {
			return err
		}
		for name, set := range sets {
			if s.codes[name] != nil {
				return fmt.Errorf("%s: code set %s stands in another file too", file, name)
			}
			s.codes[name] = set
		}
	}
	return nil
}

// addCodes adds the codes of the council's settings, which take a word from the
// code that it has elsewhere.
func (s *Staging) addCodes(settings map[string]map[string][]string) error {
	for set, codes := range settings {
		existing, ok := s.codes[set]
		if !ok {
			return fmt.Errorf("settings: codes: no code set %q; there are %s", set, strings.Join(slices.Sorted(maps.Keys(s.codes)), ", "))
		}
		codeOf := map[string]string{}
		for _, code := range slices.Sorted(maps.Keys(codes)) {
			for _, word := range codes[code] {
				if other := codeOf[strings.ToLower(word)]; other != "" {
					return fmt.Errorf("settings: codes: %s: %q stands for both %s and %s; keep one", set, word, other, code)
				}
				codeOf[strings.ToLower(word)] = code
				existing.removeMapping(word)
			}
			existing[code] = append(existing[code], codes[code]...)
		}
	}
	return nil
}

// removeMapping drops a word from every code.
func (c codeSet) removeMapping(word string) {
	for code, words := range c {
		c[code] = slices.DeleteFunc(words, func(other string) bool { return strings.EqualFold(other, word) })
	}
}

// WithLocalCodes gives the staging in which the rows of the council's own table
// hold, before the settings and the codes that ship with the exporter, and the
// number of rows for columns that no relation maps.
func (s *Staging) WithLocalCodes(codes []LocalCode) (extended *Staging, unused int64) {
	if len(codes) == 0 {
		return s, 0
	}
	extended = new(*s)
	extended.relations = maps.Clone(s.relations)
	for _, local := range codes {
		if local.Raw == "" || local.Code == "" || !extended.addMapping(local) {
			unused++
		}
	}
	return extended, unused
}

// addMapping adds a local code, and reports whether any relation reads its column.
func (s *Staging) addMapping(local LocalCode) bool {
	added := false
	for _, name := range slices.Sorted(maps.Keys(s.relations)) {
		r := s.relations[name]
		if !strings.EqualFold(r.Table, local.Table) || r.override {
			continue
		}
		for _, columnName := range slices.Sorted(maps.Keys(r.Columns)) {
			c := r.Columns[columnName]
			coded := c.As == "code" || c.As == "team"
			if !coded || !slices.Contains(c.From, strings.ToLower(local.Column)) {
				continue
			}
			changed := *r
			changed.Columns = maps.Clone(r.Columns)
			c.codes = s.codesOf(c)
			c.codes.removeMapping(local.Raw)
			c.codes[local.Code] = append(c.codes[local.Code], local.Raw)
			changed.Columns[columnName] = c
			s.relations[name], r, added = &changed, &changed, true
		}
	}
	return added
}

// codesOf is a copy of the codes of a column, local ones included.
func (s *Staging) codesOf(c column) codeSet {
	current := c.codes
	if current == nil && c.As == "code" {
		current = s.codes[c.Codes]
	}
	codes := codeSet{}
	for code, words := range current {
		codes[code] = slices.Clone(words)
	}
	if current == nil {
		for id, name := range s.teams {
			codes[name] = append(codes[name], id)
		}
	}
	return codes
}

// codeSQL maps what a source writes, code or description in any case, to one code
// set. An asterisk in a word stands for any run of characters; exact words go
// first. A word that is not in the set becomes NULL and is counted.
func (s *Staging) codeSQL(c column, text string) string {
	set := s.codes[c.Codes]
	if c.codes != nil {
		set = c.codes
	}
	word := "lower(" + text + ")"
	exact, patterns := "", ""
	written := map[string]bool{}
	for _, code := range slices.Sorted(maps.Keys(set)) {
		for _, raw := range append([]string{code}, set[code]...) {
			raw = strings.ToLower(raw)
			if written[raw] {
				continue
			}
			written[raw] = true
			if strings.Contains(raw, "*") {
				patterns += "\n                    when " + word + " like " + postgres.QuoteLiteral(likePattern(raw)) + " then " + postgres.QuoteLiteral(code)
			} else {
				exact += "\n                    when " + postgres.QuoteLiteral(raw) + " then " + postgres.QuoteLiteral(code)
			}
		}
	}
	if patterns != "" {
		patterns = " else case" + patterns + " end"
	}
	// The short form of case evaluates the word once, not once for each branch.
	return "case " + word + exact + patterns + " end"
}

func likePattern(word string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`, "*", "%").Replace(word)
}

// teamName gives a team the name that the council's settings choose for its id or
// name; a placeholder is no team, nor is the word that an extract writes for NULL.
func (s *Staging) teamName(c column, text string) string {
	team := "case when lower(" + text + ") not in ('', 'ssd_ph', '0', '-1', 'null', '(null)', 'n/a', 'none', 'nan') then " + text + " end"
	names := s.teams
	if c.codes != nil {
		names = map[string]string{}
		for name, ids := range c.codes {
			for _, id := range ids {
				names[id] = name
			}
		}
	}
	if len(names) == 0 {
		return team
	}
	var branches strings.Builder
	for _, id := range slices.Sorted(maps.Keys(names)) {
		branches.WriteString(" when " + text + " = " + postgres.QuoteLiteral(id) + " then " + postgres.QuoteLiteral(names[id]))
	}
	return "case" + branches.String() + " else " + team + " end"
}
