package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// TermStart is the day of the year on which a term begins. The term lasts to the day before the next.
type TermStart struct {
	Name  string
	Month time.Month
	Day   int
}

// defaultTerms follow the school census, which counts autumn absence to
// 31 December and spring absence to Easter; a fixed 16 April stands for the
// movable end of the spring term.
func defaultTerms() []TermStart {
	return []TermStart{
		{Name: "autumn", Month: time.September, Day: 1},
		{Name: "spring", Month: time.January, Day: 1},
		{Name: "summer", Month: time.April, Day: 16},
	}
}

func checkTerms(terms []TermStart) error {
	// 2001 and 2002 have no 29 February, so a date that survives here exists
	// in every year.
	const commonYear = 2001
	named := make(map[string]struct{}, len(terms))
	for i, term := range terms {
		if term.Name == "" || strings.TrimSpace(term.Name) != term.Name {
			return fmt.Errorf("term %d: name %q is empty or has spaces around it", i+1, term.Name)
		}
		if _, repeated := named[term.Name]; repeated {
			return fmt.Errorf("term %d: name %q is used twice", i+1, term.Name)
		}
		named[term.Name] = struct{}{}
		if starts := Date(commonYear, term.Month, term.Day); starts.Month() != term.Month || starts.Day() != term.Day {
			return fmt.Errorf("term %q: month %d, day %d is not a date that every year has", term.Name, term.Month, term.Day)
		}
	}
	// Education Act 1996, section 579: a school year begins with the first
	// term to begin after July.
	if terms[0].Month < time.August {
		return fmt.Errorf("term %q: the first term begins the academic year, so it cannot begin before August", terms[0].Name)
	}
	for i := 1; i < len(terms); i++ {
		if !termStarts(terms, i, commonYear).After(termStarts(terms, i-1, commonYear)) {
			return fmt.Errorf("term %q: begins no later in the academic year than %q; list the terms in order, within one year",
				terms[i].Name, terms[i-1].Name)
		}
	}
	return nil
}

// termStarts is the first day of a term in the academic year that begins in
// the given calendar year.
func termStarts(terms []TermStart, i, year int) time.Time {
	first, term := terms[0], terms[i]
	if term.Month < first.Month || term.Month == first.Month && term.Day < first.Day {
		year++
	}
	return Date(year, term.Month, term.Day)
}

func (c *Calendar) academicYear(day time.Time) window {
	year := day.Year()
	if day.Before(termStarts(c.terms, 0, year)) {
		year--
	}
	return window{
		label:  fmt.Sprintf("%04d/%02d", year, (year+1)%100),
		starts: termStarts(c.terms, 0, year),
		ends:   termStarts(c.terms, 0, year+1).AddDate(0, 0, -1),
	}
}

func (c *Calendar) term(day time.Time) window {
	year := c.academicYear(day)
	current := window{ends: year.ends}
	for i, term := range slices.Backward(c.terms) {
		current.label = year.label + " " + term.Name
		current.starts = termStarts(c.terms, i, year.starts.Year())
		if !current.starts.After(day) {
			break
		}
		current.ends = current.starts.AddDate(0, 0, -1)
	}
	return current
}
