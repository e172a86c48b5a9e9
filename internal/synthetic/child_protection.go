package synthetic

import "slices"

// plan is one child's protection plan.
type plan struct {
	id         int
	child      *child
	conference int
	referral   int
	category   string
	latest     string
	ended      day // never while it runs
}

// planGroup is the plans of siblings: one conference, one set of reviews, one
// round of visits.
type planGroup struct {
	file       *caseFile
	starts     day
	ends       day // as things stand
	plans      []*plan
	reviews    []review
	visits     []day
	extensions int // times the end was put off
}

type review struct{ due, date day }

func (g *planGroup) open() int {
	n := 0
	for _, p := range g.plans {
		if p.ended == never {
			n++
		}
	}
	return n
}

func (s *simulation) category() string {
	return pick(s.rng, []weighted[string]{
		{49, "Neglect"}, {37, "Emotional abuse"}, {6, "Physical abuse"}, {4, "Sexual abuse"},
		{2, "Multiple: Neglect, Emotional abuse"}, {1, "Multiple: Neglect, Physical abuse"}, {1, "Multiple: Emotional abuse, Sexual abuse"},
	})
}

// startPlans begins the plans on the day of the conference.
func (s *simulation) startPlans(file *caseFile, children []*child, ids, conferences map[*child]int) {
	s.endNeedPlan(file, s.today)
	s.visitFile(file, s.today)
	file.stage, file.since = stageProtected, s.today
	g := &planGroup{file: file, starts: s.today}
	category := s.category()
	for _, c := range children {
		p := &plan{id: ids[c], child: c, conference: conferences[c], referral: c.episode.id, category: category, latest: category, ended: never}
		if s.rng.chance(0.06) {
			p.latest = s.category()
		}
		g.plans = append(g.plans, p)
		c.plan = p
		s.planStarts++
		if c.planned {
			s.planRepeats++
		}
		c.planned = true
		s.protected++
	}
	file.family.planned = true
	s.schedule(g)
	s.groups = append(s.groups, g)
	s.at(g.ends, func() { s.endPlans(g) })
	s.at(s.calendar.plus(s.today, s.rng.between(0, 4)), func() { s.allocate(file, kindSafeguarding, "TSPROC") })
	s.partners(file)
	s.coreGroup(g)
}

// schedule fixes how many reviews the plans will see and on which of them, or
// between which, they end. Entry into care will end some earlier, so the short
// ones have less weight here than in the national figures.
func (s *simulation) schedule(g *planGroup) {
	at := pick(s.rng, []weighted[int]{
		{12, 1}, {7, -1}, {44, 2}, {(37 - 100*s.LongPlans) * 0.62, 3}, {(37 - 100*s.LongPlans) * 0.38, 4}, {100 * s.LongPlans, 5},
	})
	if at == 5 {
		at = s.rng.between(5, 7)
	}
	reviews := at
	if at == -1 {
		reviews = 1
	}
	for range reviews {
		s.addReview(g)
	}
	g.ends = g.reviews[len(g.reviews)-1].date
	if at == -1 {
		g.ends = s.calendar.next(g.reviews[0].date + s.rng.days(10, 85))
	}
	s.addVisits(g)
}

// addReview plans the next conference: three months after the first, then six
// months after the one before. Most are held a little early.
func (s *simulation) addReview(g *planGroup) {
	due := g.starts.months(3)
	if n := len(g.reviews); n > 0 {
		due = g.reviews[n-1].date.months(6)
	}
	on := due - s.rng.days(0, 24)
	if s.rng.chance(0.045) {
		on = due + s.rng.days(1, 30)
	}
	for on > due-30 && !s.calendar.working(on) && on <= due {
		on--
	}
	g.reviews = append(g.reviews, review{due, s.calendar.next(on)})
}

// addVisits sets the statutory visits of the whole group up to its end: ten
// working days apart, with slips, more of them before holidays.
func (s *simulation) addVisits(g *planGroup) {
	last := g.starts
	if n := len(g.visits); n > 0 {
		last = g.visits[n-1]
	}
	slow := 1.0
	if g.file.allocation != nil {
		slow = g.file.allocation.worker.team.slowness
	}
	for last < g.ends {
		gap := s.rng.between(7, 10)
		if s.rng.chance(0.12) {
			gap = s.rng.between(3, 6)
		}
		slip := s.VisitSlips * slow
		switch due := s.calendar.plus(last, gap).time(); {
		case due.Month() == 8, due.Month() == 12 && due.Day() > 18, due.Month() == 1 && due.Day() < 5:
			slip *= 1.9
		case s.calendar.schoolOut(dayOf(due)):
			slip *= 1.4
		}
		if s.rng.chance(slip) {
			gap = 10 + pick(s.rng, []weighted[int]{{50, s.rng.between(1, 3)}, {38, s.rng.between(4, 8)}, {12, s.rng.between(9, 20)}})
		}
		last = s.calendar.plus(last, gap)
		g.visits = append(g.visits, last)
	}
}

// endPlans ends what is still open in a group. If the council would fall below
// its level the review decides to go on instead.
func (s *simulation) endPlans(g *planGroup) {
	if s.today < g.ends || g.open() == 0 {
		return
	}
	if rest := s.protected - g.open() + s.conferences; float64(rest) < 0.92*float64(s.target("protected", s.today)) && g.extensions < 2 {
		g.extensions++
		s.addReview(g)
		g.ends = g.reviews[len(g.reviews)-1].date
		s.addVisits(g)
		s.at(g.ends, func() { s.endPlans(g) })
		return
	}
	for _, p := range g.plans {
		s.endPlan(g, p, s.today)
	}
	file := g.file
	if file.family.file != file {
		return
	}
	s.visitFile(file, s.today)
	if s.rng.chance(0.14) {
		s.closeFile(file, s.today, s.closeReason())
		return
	}
	file.stage = stageAssessment
	s.startNeedPlan(file)
}

func (s *simulation) dropGroup(g *planGroup) {
	for i, other := range s.groups {
		if other == g {
			s.groups = append(s.groups[:i:i], s.groups[i+1:]...)
			return
		}
	}
}

// endPlan ends one child's plan, which entry into care or death does alone.
func (s *simulation) endPlan(g *planGroup, p *plan, d day) {
	if p.ended != never {
		return
	}
	p.ended = d
	s.protected--
	p.child.plan = nil
	p.child.spells = append(p.child.spells, spell{"CPP", g.starts, d})
	s.writePlan(g, p)
	if g.open() == 0 {
		s.dropGroup(g)
	}
}

func (s *simulation) groupOf(p *plan) *planGroup {
	for _, g := range s.groups {
		if slices.Contains(g.plans, p) {
			return g
		}
	}
	return nil
}

// writePlan writes a plan with its reviews and visits.
func (s *simulation) writePlan(g *planGroup, p *plan) {
	if !s.within(p.ended) {
		return
	}
	s.out.write("ssd_cp_plans", itoa(p.id), itoa(p.referral), itoa(p.conference), p.child.key(), g.starts.stamp(), p.ended.stamp(), "N", p.category, p.latest)
	until := s.asOf
	if p.ended != never {
		until = p.ended
	}
	for i, r := range g.reviews {
		if r.date > until || r.date <= g.starts {
			break
		}
		on := yesNo(r.date != p.ended || i < len(g.reviews)-1)
		if r.date >= s.window {
			s.out.write("ssd_cp_reviews", s.key("review"), itoa(p.id), p.child.key(), r.due.stamp(), r.date.stamp(),
				s.key("meeting"), on, pick(s.rng, []weighted[string]{{91, "Yes"}, {4, "No"}, {5, ""}}), "")
		}
	}
	for _, d := range g.visits {
		if d <= g.starts || d > until || d < s.window {
			continue
		}
		seen := s.rng.chance(0.975)
		id := s.key("visit")
		alone, bedroom := "N", pick(s.rng, []weighted[string]{{60, "Y"}, {30, "N"}, {10, ""}})
		if seen && p.child.age(d) >= 4 {
			alone = yesNo(s.rng.chance(0.8))
		}
		s.out.write("ssd_cp_visits", id, p.child.key(), itoa(p.id), s.clock(d, 0.12), yesNo(seen), alone, bedroom)
		s.writeVisit(p.child, id, d, seen)
		s.visitMethod(id, d)
	}
}
