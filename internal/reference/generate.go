package reference

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"
)

// Case is a council made up at random, and the days on which to look at it.
type Case struct {
	Seed        uint64
	Tables      Tables
	Limits      Limits
	Populations Populations
	Days        []Date
}

// Generate makes a small council of 5 to 60 children, dense in what is easy to get wrong: dates a day either side of every
// limit, of birthdays, of the ends of periods and of bank holidays; leap days and clock changes; empty, placeholder, orphaned,
// repeated, overlapping and future rows; codes in any case, as words, or unknown. A seed always makes the same council.
func Generate(seed uint64) Case {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 20240229)), calendar: newCalendar(), tables: Tables{}}
	g.days = g.lookedAtOn()
	g.children = 5 + g.IntN(56)
	for _, fill := range []func(){
		g.people, g.teams, g.workers, g.involvements, g.frontDoor, g.help, g.assessing, g.protection, g.needPlans, g.care, g.leavers, g.education,
		g.outcomes, g.outcomesOfContacts, g.factorLists, g.helpSheets, g.decisions,
		g.practice,
		g.missing, g.careHealth, g.after16,
	} {
		fill()
	}
	g.repeatRows()
	g.emptyTables()
	c := Case{Seed: seed, Tables: g.tables, Limits: g.limits(), Days: g.days}
	if !g.rarely(10) {
		c.Populations = Populations{
			Children:      map[int]float64{2022: 20000, 2024: 21000.5},
			Children5To15: map[int]float64{2023: 12000},
		}
	}
	return c
}

type generator struct {
	*rand.Rand
	calendar calendar
	days     []Date
	children int
	next     int
	tables   Tables
	// marksOnly is true of a council that keeps marks and no summaries of attendance.
	marksOnly bool
}

// rarely is true once in n times.
func (g *generator) rarely(n int) bool { return g.IntN(n) == 0 }

func pick[T any](g *generator, from ...T) T { return from[g.IntN(len(from))] }

// limits are the usual ones, or those of a council that sets its own.
func (g *generator) limits() Limits {
	limits := DefaultLimits()
	if g.rarely(2) {
		return limits
	}
	limits.CareVisitHomeAtFirst, limits.CareVisitHome = 7, 28
	limits.Caseload = g.IntN(4)
	limits.PlanVisit, limits.PlanVisitDueSoon = pick(g, 5, 10, 20), pick(g, 0, 7, 14)
	limits.NeedVisit, limits.NeedVisitDueSoon = pick(g, 10, 20), pick(g, 0, 7, 14)
	limits.PlanSeenAloneAge = g.seenAloneFrom()
	limits.InNeedOldest = pick(g, 18, 25)
	limits.ContactReferral = pick(g, 3, 7)
	limits.ReferralDecision, limits.StepUpBefore, limits.StepUpAfter = pick(g, 1, 2), pick(g, 0, 14), pick(g, 30, 60)
	limits.EHCPDecision, limits.EHCPReview, limits.EHCPReviewDecision = pick(g, 28, 42), pick(g, 6, 12), pick(g, 14, 28)
	limits.AssessmentLength, limits.Conference = pick(g, 35, 45), pick(g, 10, 15)
	limits.Post16ReturnAge = pick(g, 0, 1, 3)
	limits.Supervision, limits.AuditCoverage = pick(g, 28, 30), pick(g, 6, 12)
	return limits
}

// lookedAtOn chooses a day and others around it.
func (g *generator) lookedAtOn() []Date {
	day := On(2021, time.January, 1).Plus(g.IntN(6 * 365))
	if g.rarely(2) {
		day = pick(g,
			On(2022, time.June, 6), On(2022, time.September, 20), On(2023, time.May, 9), On(2023, time.April, 11),
			On(2024, time.February, 28), On(2024, time.February, 29), On(2024, time.March, 1), On(2025, time.February, 28),
			On(2024, time.March, 31), On(2025, time.April, 1), On(2025, time.October, 26), On(2025, time.December, 31),
			On(2026, time.January, 1), On(2026, time.April, 7), On(2026, time.August, 31), On(2026, time.June, 26),
			On(2025, time.September, 1), On(2026, time.January, 15))
	}
	return []Date{
		day, day.Plus(pick(g, -1, 1, 2, 7)), lastClosed(pick(g, month, quarter, financialYear), day).ends,
		day.PlusMonths(-12).Plus(pick(g, -1, 0, 1)),
	}
}

// add writes a row; what is empty is NULL.
func (g *generator) add(table string, columns map[string]string) {
	row := Row{}
	for column, text := range columns {
		if text != "" {
			row[column] = text
		}
	}
	g.tables[table] = append(g.tables[table], row)
}

// newID makes an identifier, of one digit more or less than others.
func (g *generator) newID() string {
	g.next++
	return fmt.Sprint(g.next*pick(g, 1, 1, 1, 1000) + g.next%7*1000000)
}

// repeatRows loads a few rows twice, but for those of tables of which one row is one event: two rows of one event are refused
// before anything is counted.
func (g *generator) repeatRows() {
	events := []string{
		"ssd_contacts", "ssd_early_help_episodes", "ssd_cin_assessments", "ssd_s47_enquiry", "ssd_initial_cp_conference",
		"ssd_cla_reviews", "exclusion", "attendance_summary", "attendance_session",
		"ssd_missing",
		"case_audit", "workforce_snapshot", "workforce_movement",
	}
	for _, table := range slices.Sorted(maps.Keys(g.tables)) {
		if slices.Contains(events, table) {
			continue
		}
		for _, row := range g.tables[table] {
			if g.rarely(60) {
				g.tables[table] = append(g.tables[table], row)
			}
		}
	}
}

// text is what a column holds: mostly one of the good texts, sometimes nothing, or something that nobody knows.
func (g *generator) text(good ...string) string {
	switch n := g.IntN(20); n {
	case 0:
		return ""
	case 1:
		return pick(g, "ZZ", "??", "Nx", "not known to us")
	case 2:
		return " " + pick(g, good...)
	case 3:
		return swapCase(pick(g, good...))
	default:
		return pick(g, good...)
	}
}

func swapCase(text string) string {
	swapped := []byte(text)
	for i, letter := range swapped {
		switch {
		case letter >= 'a' && letter <= 'z':
			swapped[i] = letter - 'a' + 'A'
		case letter >= 'A' && letter <= 'Z':
			swapped[i] = letter - 'A' + 'a'
		}
	}
	return string(swapped)
}

// flag is one letter that says yes, no or nothing; mostly says how often yes stands against no.
func (g *generator) flag(mostly string) string {
	switch g.IntN(8) {
	case 0:
		return ""
	case 1:
		return pick(g, "Y", "y", "1", "T")
	case 2:
		return pick(g, "N", "n", "0", "F", "?")
	default:
		return mostly
	}
}

// personID is a child of the council, rarely one that is not there, or none.
func (g *generator) personID() string {
	switch g.IntN(60) {
	case 0:
		return fmt.Sprint(900000 + g.IntN(3))
	case 1:
		return pick(g, "", "SSD_PH", "-1", "0")
	default:
		return g.child(1 + g.IntN(g.children))
	}
}

func (g *generator) child(n int) string { return fmt.Sprint(100 + n) }

func (g *generator) teamID() string {
	return pick(g, "501", "501", "502", "502", "503", "504", "Duty", "", "0", "-1", "SSD_PH", " 501", "NULL", "n/a", "501\u00a0", "Front\u00a0Door", "Front Door")
}
