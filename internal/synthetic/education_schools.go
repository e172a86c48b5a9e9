package synthetic

import "math"

// schooling is the education side: schools, pupils and what happens to them.
type schooling struct {
	Profile
	cal    *calendar
	rng    rng
	out    *csvWriter
	asOf   day
	window day
	serial map[string]int

	schools []*school
	cohorts [][]*pupil // by academic year of birth, the oldest first
	oldest  int        // academic year of birth of cohorts[0]
	plans   []*ehcPlan // in force while the years go by
	now     int        // academic year of the last day, by the year it starts in
}

type school struct {
	urn    int
	number int
	name   string
	phase  string // group: nursery, primary, secondary, special, ap, all_through, post16
	opened day
	closed day
	after  int // urn of the predecessor
	status int
	sixth  bool
	weight float64
	roll   int
}

func (e *schooling) number(kind string, first int) int {
	if e.serial[kind] == 0 {
		e.serial[kind] = first
	}
	e.serial[kind]++
	return e.serial[kind]
}

// academicYear is the calendar year in which the school year of a day began.
func academicYear(d day) int {
	t := d.time()
	if t.Month() >= 9 {
		return t.Year()
	}
	return t.Year() - 1
}

// runSchools builds the education database around the children that social
// care knows.
func runSchools(s *simulation, seed uint64) {
	e := &schooling{
		Profile: s.Profile, cal: s.calendar, rng: newRNG(seed, streamSchools), out: s.out,
		asOf: s.asOf, window: s.window, serial: map[string]int{}, now: academicYear(s.asOf),
	}
	e.openSchools()
	e.enrolCohorts(s.people)
	e.runPlans()
	e.runHomeEducation()
	e.runMissingEducation()
	e.runExclusions()
	e.writeActivity()
	sessions := newRNG(seed, streamAttendance)
	for _, cohort := range e.cohorts {
		for _, p := range cohort {
			e.writePupil(p, sessions)
		}
	}
	e.writeSchools()
	e.writeInspections()
}

func (e *schooling) openSchools() {
	count := func(share float64) int { return max(1, int(math.Round(float64(e.Schools)*share))) }
	for _, plan := range []struct {
		phase string
		count int
	}{
		{"nursery", count(0.02)}, {"secondary", count(0.14)}, {"all_through", int(float64(e.Schools) * 0.02)},
		{"special", count(0.05)}, {"ap", count(0.015)}, {"post16", int(float64(e.Schools) * 0.01)},
	} {
		for range plan.count {
			e.openSchool(plan.phase)
		}
	}
	for len(e.schools) < e.Schools {
		e.openSchool("primary")
	}
	for i, closed := 0, max(1, e.Schools/25); i < closed; i++ {
		e.replace(anyOf(e.rng, e.schools[:e.Schools]))
	}
}

func (e *schooling) openSchool(phase string) *school {
	sc := &school{
		urn: e.number("urn", 100000+e.LACode*40), number: e.number("establishment", 2000), phase: phase,
		opened: civil(1950, 9, 1) + e.rng.days(0, 40*year), closed: never, status: 1,
		weight: 0.5 + e.rng.r.Float64(),
	}
	saint := []string{"Alder", "Beech Hill", "Brookfield", "Castle", "Clifton", "Dovecote", "Eastgate", "Fernwood", "Greenway", "Hawthorn",
		"Kingsmead", "Larkfield", "Meadow", "Northfield", "Orchard", "Park View", "Quarry", "Riverside", "St Aidan's", "St Bede's",
		"St Clare's", "Thornhill", "Upton", "Valley", "Westbrook", "Woodlands"}
	kind := map[string]string{
		"nursery": "Nursery School", "primary": "Primary School", "secondary": "Academy", "special": "School",
		"ap": "Centre", "all_through": "Academy", "post16": "Sixth Form College",
	}[phase]
	sc.name = anyOf(e.rng, saint) + " " + kind
	sc.sixth = phase == "post16" || (phase == "secondary" || phase == "all_through") && e.rng.chance(0.7)
	e.schools = append(e.schools, sc)
	return sc
}

// replace turns a school into an academy: the old row is closed, the new one
// names it as predecessor.
func (e *schooling) replace(sc *school) {
	old := *sc
	old.urn = e.number("urn", 0)
	old.status, old.closed, old.roll = 2, e.window+e.rng.days(0, 5*year), 0
	sc.opened, sc.after = old.closed+1, old.urn
	e.schools = append(e.schools, &old)
}

// schoolOf draws an open school of one of the phases, the bigger more often.
func (e *schooling) schoolOf(phases ...string) *school {
	choices := []weighted[*school]{}
	for _, sc := range e.schools {
		for _, phase := range phases {
			if sc.phase == phase && sc.status != 2 {
				choices = append(choices, weighted[*school]{sc.weight, sc})
			}
		}
	}
	if len(choices) == 0 {
		return e.schools[0]
	}
	return pick(e.rng, choices)
}

func (e *schooling) writeSchools() {
	for _, sc := range e.schools {
		phase, kind, group := 2, 34, 10
		low, high := 4, 11
		switch sc.phase {
		case "nursery":
			phase, kind, group, low, high = 1, 15, 4, 2, 5
		case "secondary":
			phase, low, high = 4, 11, 16
		case "all_through":
			phase, low, high = 7, 4, 18
		case "special":
			phase, kind, low, high = 0, 33, 4, 19
		case "ap":
			phase, kind, low, high = 0, 38, 11, 16
		case "post16":
			phase, kind, group, low, high = 6, 18, 1, 16, 19
		}
		if sc.sixth {
			high = 18
		}
		if sc.phase == "primary" && e.rng.chance(0.5) {
			kind, group = 1, 4
		}
		if sc.status == 1 && e.rng.chance(0.015) {
			sc.status = 3
		}
		after := ""
		if sc.after != 0 {
			after = itoa(sc.after)
		}
		e.out.write("school", itoa(sc.urn), itoa(e.LACode), itoa(sc.number), sc.name, itoa(kind), itoa(group), itoa(phase), sc.phase,
			itoa(sc.status), sc.opened.date(), sc.closed.date(), itoa(low), itoa(high), truth(sc.sixth), itoa(sc.roll*110/100+10), itoa(sc.roll), after)
	}
}

func truth(b bool) string {
	if b {
		return "true"
	}
	return "false"
}
