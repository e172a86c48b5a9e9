package synthetic

// seedPopulation opens the cases that were open before the first day of the
// simulation, each with its own history.
func (s *simulation) seedPopulation() {
	for s.protected < s.target("protected", s.today) {
		s.seedPlans()
	}
	for s.lookedAfter < s.target("lookedAfter", s.today) {
		s.seedCare()
	}
	for range int(float64(s.CareLeavers) * 1.3) {
		s.seedLeaver()
	}
	for s.inNeed < s.target("inNeed", s.today)-s.Referrals/12 {
		file := s.seedCase(s.familySize(), 20+s.rng.exponential(200))
		s.startNeedPlan(file)
		file.since, file.planStart = file.opened+40, file.opened+40
	}
}

// seedCase opens a case that began some days before the run.
func (s *simulation) seedCase(children int, ago day) *caseFile {
	opened := s.calendar.next(s.today - ago)
	f := s.newFamily(s.today, children)
	file := s.openFile(f, opened, s.source())
	file.visited = s.today
	for _, c := range f.children {
		if c.under18(s.today + 60) {
			s.openEpisode(file, c)
		}
	}
	f.lastReferral = opened
	if len(file.children) == 0 {
		s.openEpisode(file, s.newChild(f, s.today-s.rng.days(year, 14*year)))
	}
	s.allocate(file, kindSafeguarding, "FCONTA")
	return file
}

func (s *simulation) seedPlans() {
	ago := s.rng.days(5, 420)
	file := s.seedCase(s.familySize(), ago+60)
	ids, conferences := map[*child]int{}, map[*child]int{}
	for _, c := range file.children {
		ids[c], conferences[c] = s.number("plan"), s.number("conference")
	}
	s.startPlans(file, file.children, ids, conferences)
	g := s.groups[len(s.groups)-1]
	g.starts -= ago
	for i := range g.reviews {
		g.reviews[i].due -= ago
		g.reviews[i].date = s.calendar.next(g.reviews[i].date - ago)
	}
	for g.ends = s.calendar.next(g.ends - ago); g.ends <= s.today; {
		s.addReview(g)
		g.ends = g.reviews[len(g.reviews)-1].date
	}
	s.addVisits(g)
	s.at(g.ends, func() { s.endPlans(g) })
}

func (s *simulation) seedCare() {
	file := s.seedCase(1, 30)
	c := file.children[0]
	if s.rng.chance(0.5) {
		c.dob = s.today - s.rng.days(11*year, 17*year)
	}
	entered := max(s.today-s.rng.exponential(900)-1, c.dob+s.rng.days(1, 60))
	if entered >= s.today {
		entered = s.today - 1
		c.dob = min(c.dob, entered-20)
	}
	c.episode.opened = min(entered-30, c.episode.opened)
	s.leaveFile(file, c, s.today)
	rest := s.stayInCare() + 30
	if c.age(s.today) >= 12 && s.rng.chance(0.55) {
		rest = 4000
	}
	s.openCare(c, entered, s.today-entered+rest)
}

// seedLeaver is a young adult who left care before the run.
func (s *simulation) seedLeaver() {
	file := s.seedCase(1, 30)
	c := file.children[0]
	c.dob = s.today - s.rng.days(18*year+30, 20*year+300)
	c.episode.opened = s.today - s.rng.days(3*year, 8*year)
	s.leaveFile(file, c, s.today)
	c.lastCare = c.birthday(18)
	s.becomeLeaver(c, &carePeriod{child: c, entered: c.birthday(14)})
}
