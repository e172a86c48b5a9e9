package synthetic

import (
	"slices"
	"strconv"
)

// pupil is a child on a school roll here at some time.
type pupil struct {
	id        int
	upn       string
	dob       day
	sex       string
	ethnicity string
	child     *child // the same person in social care
	birthYear int    // academic year of birth
	arrived   day
	departed  day // never: still here
	nursery   bool
	sixth     bool
	lower     *school
	upper     *school
	second    *school // after a move
	moved     day

	needs       []string
	support     bool
	plan        *ehcPlan
	pending     bool // a request is running
	special     *school
	specialFrom day
	away        []spell // educated at home or missing education
	homeLA      int
}

// ncYear is the curriculum year on a day: 0 is reception, -1 nursery.
func (p *pupil) ncYear(on day) int { return academicYear(on) - p.birthYear - 5 }

func (p *pupil) ageAt(on day) int {
	c := child{dob: p.dob}
	return c.age(on)
}

// compulsory reports whether the child must be in education on a day.
func (p *pupil) compulsory(on day) bool {
	nc := p.ncYear(on)
	return nc >= 1 && nc <= 11 && (nc != 11 || on.time().Month() < 7 || on.time().Month() >= 9)
}

func (p *pupil) here(on day) bool {
	return p.arrived <= on && (p.departed == never || p.departed > on)
}

func (p *pupil) absent(on day) bool {
	return slices.ContainsFunc(p.away, func(a spell) bool { return a.starts <= on && (a.ends == never || a.ends > on) })
}

// enrolCohorts makes every cohort that was of school age in the six years. The
// children of social care come first, strangers fill the places.
func (e *schooling) enrolCohorts(people []*child) {
	e.oldest = e.now - historyYears - 5 - 13
	size := float64(e.Pupils) / 13.9 * 1.11
	inSocialCare := make([][]*child, e.now-4-e.oldest+1)
	for _, c := range people {
		if c.dob == never || c.dob > e.asOf || c.due != never {
			continue
		}
		if i := academicYear(c.dob) - e.oldest; i >= 0 && i < len(inSocialCare) && !c.alone && e.rng.chance(0.93) {
			inSocialCare[i] = append(inSocialCare[i], c)
		}
	}
	for i := range inSocialCare {
		cohort := make([]*pupil, 0, int(size)+1)
		for n := range e.rng.roundRandomly(size * e.rng.normal(1, 0.02)) {
			var c *child
			if n < len(inSocialCare[i]) && n < int(size*0.8) {
				c = inSocialCare[i][n]
			}
			cohort = append(cohort, e.newPupil(e.oldest+i, c))
		}
		e.cohorts = append(e.cohorts, cohort)
	}
}

func (e *schooling) newPupil(birthYear int, c *child) *pupil {
	p := &pupil{
		id: e.number("pupil", 300000), birthYear: birthYear, arrived: -20000, departed: never, moved: never, specialFrom: never,
		nursery: e.rng.chance(0.3), sixth: e.rng.chance(0.44), homeLA: e.LACode,
	}
	p.upn = string(rune('A'+p.id%23)) + strconv.Itoa(e.LACode) + leftPad(p.id, 9)
	p.dob = civil(birthYear, 9, 1) + e.rng.days(0, 364)
	p.sex = pick(e.rng, []weighted[string]{{51, "M"}, {49, "F"}})
	p.ethnicity = pick(e.rng, []weighted[string]{{62, "WBRI"}, {8, "WOTH"}, {4, "MWBC"}, {3, "MOTH"}, {4, "AIND"}, {5, "APKN"}, {3, "ABAN"}, {4, "BAFR"}, {2, "BCRB"}, {3, "OOTH"}, {2, "NOBT"}})
	p.support = e.rng.chance(0.145)
	if p.support {
		p.needs = []string{e.need()}
	}
	p.lower, p.upper = e.schoolOf("primary", "all_through"), e.schoolOf("secondary")
	if p.lower.phase == "all_through" {
		p.upper = p.lower
	}
	career := func() day { return civil(birthYear+5, 9, 1) + e.rng.days(0, 11*year) }
	switch fate := e.rng.r.Float64(); {
	case c != nil:
	case fate < 0.11:
		p.arrived = career()
	case fate < 0.22:
		p.departed = career()
	case fate < 0.28:
		p.homeLA = e.LACode + 1
	}
	if e.rng.chance(0.12) {
		p.moved = career()
	}
	if c != nil {
		p.child, p.dob, p.ethnicity = c, c.dob, c.ethnicity
		if c.sex != "U" {
			p.sex = c.sex
		}
		c.upn = p.upn
		if e.rng.chance(0.03) {
			c.upn = ""
		}
	}
	return p
}

func leftPad(n, width int) string {
	text := strconv.Itoa(n)
	for len(text) < width {
		text = "0" + text
	}
	return text
}

// need is a primary type of special educational need.
func (e *schooling) need() string {
	return pick(e.rng, []weighted[string]{
		{30, "ASD"}, {21, "SEMH"}, {20, "SLCN"}, {9, "MLD"}, {6, "SLD"}, {5, "SPLD"}, {3, "PD"}, {2, "PMLD"}, {1.5, "HI"}, {1, "VI"}, {0.3, "MSI"}, {2, "OTH"},
	})
}

// randomPupil draws a pupil whose curriculum year on a day follows the weights.
func (e *schooling) randomPupil(on day, years []weighted[int], fits func(*pupil) bool) *pupil {
	for range 400 {
		i := academicYear(on) - 5 - pick(e.rng, years) - e.oldest
		if i < 0 || i >= len(e.cohorts) {
			continue
		}
		if p := anyOf(e.rng, e.cohorts[i]); p.here(on) && p.dob < on-2*year && fits(p) {
			return p
		}
	}
	return nil
}

// writePupil writes a pupil, the enrolments and the social care status that the school
// has. The link is found for most, not for all.
func (e *schooling) writePupil(p *pupil, sessions rng) {
	person := ""
	if p.child != nil && e.rng.chance(0.93) {
		person = p.child.key()
	}
	upn, uln := p.upn, ""
	if p.ageAt(e.asOf) >= 14 {
		uln = leftPad(1000000000+p.id*7, 10)
	}
	if e.rng.chance(0.004) {
		upn = ""
	}
	fsm := e.rng.chance(0.24) || p.child != nil && e.rng.chance(0.35)
	e.out.write("pupil", itoa(p.id), upn, "", uln, p.dob.date(), p.sex, p.ethnicity, itoa(p.homeLA), truth(fsm), truth(fsm || e.rng.chance(0.06)), person)
	list := e.stints(p)
	e.writeEnrolments(p, list)
	e.writeAttendance(p, list, sessions)
	if person == "" {
		return
	}
	for _, sp := range p.child.spells {
		if sp.ends == never || sp.ends >= e.window {
			e.out.write("pupil_social_care", itoa(p.id), sp.status, sp.starts.date(), sp.ends.date())
		}
	}
}
