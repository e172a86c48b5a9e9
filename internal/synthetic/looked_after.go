package synthetic

import "math"

// carePeriod is one time in care, from entry to leaving.
type carePeriod struct {
	id         int
	child      *child
	entered    day
	ends       day // as planned
	ceased     day // never while in care
	ageOut     bool
	short      bool // a series of short breaks, not looked after for national counts
	reason     string
	legal      string // first status
	allocation *allocation
	officer    *allocation
}

// careWeek brings as many children into care as keep their number at its level.
func (s *simulation) careWeek() {
	ahead := s.today + week
	staying, breaks := 0, 0
	for _, p := range s.carePeriods {
		if p.short {
			breaks++
		} else if p.ends > ahead {
			staying++
		}
	}
	missing := s.target("lookedAfter", ahead) - staying
	for tries := 0; missing > 0 && tries < 40; tries++ {
		entered := s.enterCare(s.weekday(s.today), missing)
		missing -= entered
	}
	if float64(breaks) < math.Max(2, 0.04*float64(s.LookedAfter)) {
		s.startShortBreaks(s.weekday(s.today))
	}
}

// adults is how many turn 18 in care in the year, counted back from the last
// day, that holds a day: those who have and those who will. A council's number
// of care leavers follows from it years later.
func (s *simulation) adults(on day) (n int, from, to day) {
	back := math.Floor(float64(s.asOf-on) / float64(year))
	to = s.asOf - day(back)*year
	from = to - year
	for _, birthday := range s.adulthoods {
		if birthday > from && birthday <= to {
			n++
		}
	}
	return n, from, to
}

// enterCare takes one child, or siblings, into care; it returns how many.
func (s *simulation) enterCare(d day, atMost int) int {
	if d > s.asOf {
		return 1
	}
	if s.rng.chance(0.4) {
		have, from, to := s.adults(s.today + s.rng.days(60, 700))
		if float64(have)+0.5 < 0.97*float64(s.CareLeavers)/3 {
			return s.enterAsTeenager(d, s.rng.days(max(from+1, s.today+60), min(to, s.today+790)))
		}
	}
	file := s.fileForCare()
	if file == nil {
		return 0
	}
	count := 1
	if s.rng.chance(0.42) {
		count = min(len(file.children), atMost, 4)
	}
	siblings := append([]*child{}, file.children...)
	s.rng.r.Shuffle(len(siblings), func(i, j int) { siblings[i], siblings[j] = siblings[j], siblings[i] })
	stay := s.stayInCare()
	entered := 0
	for _, c := range siblings {
		if entered == count || !c.under18(d+60) || c.due != never && c.due > d {
			continue
		}
		entered++
		s.at(d, func() { s.beginCare(file, c, stay) })
	}
	return entered
}

// stayInCare is how long a stay will last if no birthday ends it.
func (s *simulation) stayInCare() day {
	return pick(s.rng, []weighted[day]{
		{13, s.rng.days(6, 60)}, {20, s.rng.days(60, 365)}, {41, s.rng.days(365, 1100)}, {26, s.rng.days(1100, 3600)},
	})
}

// fileForCare leans to families on a protection plan: nearly half come from one.
func (s *simulation) fileForCare() *caseFile {
	var fallback *caseFile
	for range 80 {
		if len(s.files) == 0 {
			return nil
		}
		file := anyOf(s.rng, s.files)
		if file.closing || file.opened >= s.today || len(file.children) == 0 || file.children[0].alone {
			continue
		}
		if s.rng.chance(map[bool]float64{true: 0.4, false: 0.06}[file.stage == stageProtected]) {
			return file
		}
		fallback = file
	}
	return fallback
}

// enterAsTeenager is a young person of sixteen or so who will stay to 18, often
// one who came to the country alone.
func (s *simulation) enterAsTeenager(d, adult day) int {
	alone := s.rng.chance(math.Min(0.75, s.Unaccompanied*3.4))
	f := s.newFamily(d, 0)
	c := s.newChild(f, adult.months(-12*18))
	if c.age(d) >= 18 || c.age(d) < 12 {
		return 0
	}
	c.alone, c.awaited = alone, true
	s.adulthoods = append(s.adulthoods, c.birthday(18))
	if alone {
		c.sex = pick(s.rng, []weighted[string]{{94, "M"}, {6, "F"}})
	}
	file := s.openFile(f, d-s.rng.days(0, 3), s.source())
	s.openEpisode(file, c)
	c.episode.need = map[bool]string{true: "N8", false: c.episode.need}[alone]
	c.episode.flags = append(c.episode.flags, "CLA_REQUEST_FLAG")
	f.lastReferral = file.opened
	s.writeContact(c, file.opened, file.source, "NEW_REFERRAL_FLAG")
	if alone {
		s.reportImmigration(c, d)
	}
	s.startAssessment(file, d)
	s.at(d, func() { s.beginCare(file, c, 4000) })
	return 1
}

func (s *simulation) reportImmigration(c *child, d day) {
	status := pick(s.rng, []weighted[string]{{9, "Unaccompanied Asylum Seeking Child"}, {1, "UASC"}})
	granted := d + s.rng.days(300, 1100)
	if granted > s.asOf || s.rng.chance(0.4) {
		granted = never
	}
	s.out.write("ssd_immigration_status", s.key("immigration"), c.key(), d.stamp(), granted.stamp(), status)
	if granted != never {
		after := pick(s.rng, []weighted[string]{{7, "Refugee status granted"}, {3, "Indefinite leave to remain"}})
		s.out.write("ssd_immigration_status", s.key("immigration"), c.key(), granted.stamp(), "", after)
	}
}

// beginCare moves a child from the family's case into care.
func (s *simulation) beginCare(file *caseFile, c *child, stay day) {
	if c.care != nil || c.episode == nil || !c.under18(s.today+14) {
		return
	}
	if p := c.plan; p != nil {
		if g := s.groupOf(p); g != nil {
			s.at(s.today+s.rng.days(0, 20), func() {
				if s.rng.chance(0.9) {
					s.endPlan(g, p, s.today)
				}
			})
		}
	}
	s.leaveFile(file, c, s.today)
	s.openCare(c, s.today, stay)
}

// openCare starts a period that ends after the stay or at 18.
func (s *simulation) openCare(c *child, entered, stay day) {
	p := &carePeriod{id: s.number("care"), child: c, entered: entered, ends: s.calendar.next(entered + max(stay, 3)), ceased: never}
	p.legal = pick(s.rng, []weighted[string]{{44, "V2"}, {52, "C1"}, {2, "J1"}, {2, "L1"}})
	if c.alone {
		p.legal = "V2"
	}
	if adult := c.birthday(18); p.ends >= adult-20 {
		p.ends, p.ageOut = adult, true
		// A council that raises more adults than its leaving care service knows
		// would not match its profile: some go home in the last year.
		have, _, _ := s.adults(adult)
		switch {
		case c.awaited:
		case float64(have)+0.5 > float64(s.CareLeavers)/3 && adult-s.today > 90:
			p.ends, p.ageOut = s.calendar.next(adult-s.rng.days(60, min(400, adult-s.today-20))), false
		default:
			c.awaited = true
			s.adulthoods = append(s.adulthoods, adult)
		}
	}
	c.care = p
	c.lastCare = entered
	s.lookedAfter++
	s.carePeriods = append(s.carePeriods, p)
	s.at(s.calendar.plus(s.today, s.rng.between(0, 2)), func() {
		if p.ceased == never && p.allocation == nil {
			p.allocation = s.newAllocation(kindCare, "CW", []*child{c}, "TSPROC")
			p.officer = s.newAllocation(kindReviewing, "IRO", []*child{c}, "")
		}
	})
	s.at(p.ends, func() { s.endCare(p) })
}
