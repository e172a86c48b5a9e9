package synthetic

// inNeedWeek closes as many children in need cases as the council must to stay
// at its size: what comes in at the front door has to go out.
func (s *simulation) inNeedWeek() {
	surplus := s.inNeed - s.target("inNeed", s.today+week)
	for tries := 0; surplus > 0 && tries < 400; tries++ {
		file := s.oldestOf(4)
		if file == nil {
			return
		}
		file.closing = true
		surplus -= len(file.children)
		s.at(s.weekday(s.today), func() { s.closeFile(file, s.today, s.closeReason()) })
	}
	s.reassess()
	s.endAtEighteen()
}

// endAtEighteen closes the cases of young adults, some weeks late at times.
func (s *simulation) endAtEighteen() {
	for _, file := range append([]*caseFile{}, s.files...) {
		for _, c := range append([]*child{}, file.children...) {
			if c.care == nil && c.plan == nil && !c.under18(s.today) && s.rng.chance(0.4) {
				s.leaveFile(file, c, s.today)
				s.closeEpisode(c, s.today, pick(s.rng, []weighted[string]{{3, "RC6"}, {7, "RC7"}}))
			}
		}
	}
}

func (s *simulation) closeReason() string {
	return pick(s.rng, []weighted[string]{{86, "RC7"}, {7, "RC5"}, {2, "RC6"}, {3, "RC3"}, {2, "RC9"}})
}

// oldestOf looks at some open plans and takes the oldest: long plans are closed
// first, but not in strict order.
func (s *simulation) oldestOf(draws int) *caseFile {
	var oldest *caseFile
	for tries := 0; draws > 0 && tries < 200 && len(s.files) > 0; tries++ {
		file := anyOf(s.rng, s.files)
		if file.stage != stageInNeed || file.closing || file.conference || s.today-file.since < 6*week || s.lasting(file) {
			continue
		}
		draws--
		if oldest == nil || file.since < oldest.since {
			oldest = file
		}
	}
	return oldest
}

// lasting is true of the plan of a disabled child, which goes on for years.
func (s *simulation) lasting(file *caseFile) bool {
	return len(file.children) > 0 && file.children[0].disabled && s.today-file.since < 104*week
}

// reassess starts another assessment in a running case now and then.
func (s *simulation) reassess() {
	for range s.rng.roundRandomly(float64(s.Referrals) * 0.09 / 52.18 / 1.8) {
		if len(s.files) == 0 {
			return
		}
		file := anyOf(s.rng, s.files)
		if file.stage != stageAssessment && file.assessed == nil && !file.closing {
			s.startAssessment(file, s.weekday(s.today))
		}
	}
}

// startNeedPlan moves a case from assessment, or from a protection plan, to a
// plan of support.
func (s *simulation) startNeedPlan(file *caseFile) {
	if file.closing || file.stage == stageInNeed || len(file.children) == 0 || file.family.file != file {
		return
	}
	s.visitFile(file, s.today)
	file.stage, file.since, file.planStart = stageInNeed, s.today, s.today
	s.partners(file)
	kind := kindSafeguarding
	if file.children[0].disabled && s.thinnest(kindDisability) != nil {
		kind = kindDisability
	}
	if file.allocation == nil || file.allocation.worker.team.kind != kind {
		s.at(s.calendar.plus(s.today, s.rng.between(1, 8)), func() { s.allocate(file, kind, "TSPROC") })
	}
}

func (s *simulation) endNeedPlan(file *caseFile, d day) {
	if file.stage == stageInNeed {
		for _, c := range file.children {
			s.writeNeedPlan(file, c, d)
		}
	}
	file.planStart = never
}

func (s *simulation) writeNeedPlan(file *caseFile, c *child, ends day) {
	if file.planStart == never || !s.within(ends) || c.episode == nil {
		return
	}
	team, worker := "", ""
	if file.allocation != nil {
		team, worker = file.allocation.worker.team.key(), file.allocation.worker.key()
	}
	s.out.write("ssd_cin_plans", s.key("needPlan"), itoa(c.episode.id), c.key(), file.planStart.stamp(), ends.stamp(), team, worker)
}

// visitFile writes the visits of every child in a case up to a day.
func (s *simulation) visitFile(file *caseFile, until day) {
	for _, c := range file.children {
		s.visitChild(file, c, until)
	}
	file.visited = until
}

// visitChild writes the home visits of a stage. Under a protection plan the
// statutory visits are written with the plan and only direct work is added.
func (s *simulation) visitChild(file *caseFile, c *child, until day) {
	gap, first := 17, 12
	switch file.stage {
	case stageAssessment:
		gap, first = 9, 4
	case stageProtected:
		gap, first = 30, 15
	}
	for d := s.calendar.plus(file.visited, s.rng.between(1, first)); d < until; {
		if d >= s.window {
			id := s.key("visit")
			s.writeVisit(c, id, d, s.rng.chance(0.93))
			if file.stage == stageInNeed && d <= s.asOf {
				s.needVisitMethod(id, d)
			}
		}
		pause := gap + s.rng.between(-gap/4, gap/5)
		if s.rng.chance(0.14) {
			pause += s.rng.between(gap/3, gap)
		}
		d = s.calendar.plus(d, pause)
	}
}

// writeVisit adds a row to the casenote visits, which in this build hold the
// visits of every kind.
func (s *simulation) writeVisit(c *child, id string, d day, seen bool) {
	if d > s.asOf {
		return
	}
	alone, bedroom := "N", "N"
	if seen && c.age(d) >= 4 {
		alone = yesNo(s.rng.chance(0.78))
	}
	if seen {
		bedroom = pick(s.rng, []weighted[string]{{45, "Y"}, {35, "N"}, {20, ""}})
	}
	s.out.write("ssd_cin_visits", id, c.key(), s.clock(d, 0.12), yesNo(seen), alone, bedroom)
}
