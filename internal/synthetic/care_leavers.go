package synthetic

// leaver is a young person with a right to support after care.
type leaver struct {
	child      *child
	since      day
	settled    bool // thirteen weeks or more in care
	allocation *allocation
}

// becomeLeaver is the eighteenth birthday: the social worker hands over to a
// personal adviser and the case stays open, mostly to 21.
func (s *simulation) becomeLeaver(c *child, p *carePeriod) {
	l := &leaver{child: c, since: s.today, settled: s.today-p.entered >= 91}
	s.leavers = append(s.leavers, l)
	s.endAllocation(c, p.allocation, s.today)
	s.releaseChild(p.allocation)
	if c.episode == nil {
		return
	}
	l.allocation = s.newAllocation(kindLeaving, "16PLUS", []*child{c}, "TSPROC")
	closes := c.birthday(21) + s.rng.days(-20, 60)
	switch fate := s.rng.r.Float64(); {
	case fate < 0.1:
		closes = s.today + s.rng.days(200, 1000)
	case fate > 0.85:
		closes = c.birthday(22) + s.rng.days(0, 900)
	}
	s.at(s.calendar.next(closes), func() { s.endSupport(l) })
}

func (s *simulation) endSupport(l *leaver) {
	if l.child.episode == nil {
		return
	}
	s.endAllocation(l.child, l.allocation, s.today)
	s.releaseChild(l.allocation)
	s.closeEpisode(l.child, s.today, pick(s.rng, []weighted[string]{{8, "RC7"}, {2, "RC6"}}))
}

// writeLeavers describes everyone with a right on the last day: 16 and 17 year
// olds in care, and those who left. The extract holds some of them twice.
func (s *simulation) writeLeavers() {
	for _, p := range s.carePeriods {
		if age := p.child.age(s.asOf); !p.short && age >= 16 && age < 18 && s.asOf-p.entered >= 91 {
			s.writeLeaver(p.child, "Eligible", s.holderOf(p.allocation))
		}
	}
	for _, l := range s.leavers {
		age := l.child.age(s.asOf)
		eligibility := "Former Relevant"
		switch {
		case age >= 25:
			continue
		case !l.settled:
			eligibility = "Qualifying"
		case l.child.episode == nil && age >= 22 && s.rng.chance(0.7):
			eligibility = "No Current Eligibility"
		}
		s.writeLeaver(l.child, eligibility, s.holderOf(l.allocation))
		if s.rng.chance(0.04) {
			s.writeLeaver(l.child, "Eligible", s.holderOf(l.allocation))
		}
	}
}

func (s *simulation) holderOf(h *allocation) *worker {
	if h == nil {
		return nil
	}
	return h.worker
}

func (s *simulation) writeLeaver(c *child, eligibility string, adviser *worker) {
	touch := pick(s.rng, []weighted[string]{{925, "YES"}, {40, "NO"}, {12, "REFU"}, {8, "NREQ"}, {12, "RHOM"}, {3, "DIED"}})
	latest := s.calendar.next(s.asOf - 60 + s.rng.days(0, 52))
	if s.rng.chance(0.2) {
		latest = s.asOf - s.rng.days(57, 200)
	}
	home, suitable := s.leaverHome()
	activity := s.leaverActivity(c)
	stamp := latest.stamp()
	if touch != "YES" {
		stamp = ""
	}
	review := (s.asOf - s.rng.days(3, 190)).stamp()
	if s.rng.chance(0.06) {
		review = (s.asOf - s.rng.days(190, 500)).stamp()
	}
	if s.rng.chance(0.03) {
		review = "1900-01-01 00:00:00"
	}
	team, worker := "", ""
	if adviser != nil {
		team, worker = adviser.team.key(), adviser.key()
	}
	s.out.write("ssd_care_leavers", s.key("leaver"), c.key(), eligibility, touch, stamp,
		home, suitable, activity, review, worker, team, worker)
}

func (s *simulation) leaverHome() (home, suitable string) {
	letter := pick(s.rng, []weighted[string]{
		{11, "B"}, {3, "C"}, {20, "D"}, {7, "E"}, {0.5, "G"}, {0.2, "H"}, {4, "K"}, {2, "R"}, {1, "S"}, {5, "T"},
		{34, "U"}, {1, "V"}, {0.6, "W"}, {3, "X"}, {1, "Y"}, {9, "Z"},
	})
	unsuitable := 0.01 + (0.95-s.Suitable)*0.6
	switch letter {
	case "X":
		unsuitable = 0.9
	case "S":
		unsuitable = 1
	case "V", "W":
		unsuitable = 0.6
	case "K", "Y":
		unsuitable += 0.1
	}
	suitable = pick(s.rng, []weighted[string]{{1 - unsuitable, "Accommodation is considered suitable"}, {unsuitable, "Accommodation is considered unsuitable"}})
	if letter == "R" || s.rng.chance(0.03) {
		suitable = ""
	}
	if s.rng.chance(0.03) {
		suitable = map[string]string{"Accommodation is considered suitable": "1", "Accommodation is considered unsuitable": "2"}[suitable]
	}
	if s.rng.chance(0.03) {
		return letter, suitable
	}
	return accommodation()[letter], suitable
}

func (s *simulation) leaverActivity(c *child) string {
	eet, neet := s.InWorkOrStudy, s.Neither
	if c.age(s.asOf) < 19 {
		eet, neet = eet+0.1, neet-0.1
	}
	code := pick(s.rng, []weighted[string]{
		{eet * 12, "F1"}, {eet * 1, "P1"}, {eet * 40, "F2"}, {eet * 7, "P2"}, {eet * 7, "F4"}, {eet * 1, "P4"}, {eet * 24, "F5"}, {eet * 8, "P5"},
		{neet * 28, "G4"}, {neet * 55, "G5"}, {neet * 17, "G6"}, {(1 - eet - neet) * 100, ""},
	})
	if s.rng.chance(0.03) {
		return code
	}
	return activity()[code]
}

func accommodation() map[string]string {
	return map[string]string{
		"B": "With parent(s) or relative(s)", "C": "Community home or other form of residential care",
		"D": "Semi-independent, transitional accommodation", "E": "Supported lodgings", "G": "Gone abroad",
		"H": "Deported", "K": "Ordinary lodgings, without formal support", "R": "Residence not known",
		"S": "No fixed abode / homeless", "T": "Foyers and similar supported accommodation", "U": "Independent living",
		"V": "Emergency accommodation", "W": "Bed and breakfast", "X": "In custody", "Y": "Other accommodation",
		"Z": "With former foster carer(s)",
	}
}

func activity() map[string]string {
	young, out := "Young person engaged ", "Young person not in education, employment or training"
	return map[string]string{
		"F1": young + "full time in higher education", "P1": young + "part time in higher education",
		"F2": young + "full time in education other than higher education", "P2": young + "part time in education other than higher education",
		"F4": young + "full time in an apprenticeship", "P4": young + "part time in an apprenticeship",
		"F5": young + "full time in training or employment (not apprenticeship)",
		"P5": young + "part time in training or employment (not apprenticeship)",
		"G4": out + " because of illness or disability", "G5": out + ": other circumstances", "G6": out + " due to pregnancy or parenting",
	}
}
