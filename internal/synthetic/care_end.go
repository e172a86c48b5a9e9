package synthetic

// endCare is home, a family for good, or adulthood.
func (s *simulation) endCare(p *carePeriod) {
	if p.ceased != never {
		return
	}
	c := p.child
	p.ceased = s.today
	for i, other := range s.carePeriods {
		if other == p {
			s.carePeriods[i] = s.carePeriods[len(s.carePeriods)-1]
			s.carePeriods = s.carePeriods[:len(s.carePeriods)-1]
			break
		}
	}
	p.reason = s.reasonCeased(p)
	c.care = nil
	c.lastCare = s.today
	c.spells = append(c.spells, spell{"CLA", p.entered, s.today})
	s.endAllocation(c, p.officer, s.today)
	s.releaseChild(p.officer)
	if p.short {
		s.writeCare(p)
		return
	}
	s.lookedAfter--
	s.writeCare(p)
	switch {
	case p.ageOut:
		s.becomeLeaver(c, p)
	case p.reason == "E4A" || p.reason == "E4B":
		s.returnHome(c, p)
	default:
		reason := map[string]string{"E11": "RC1", "E12": "RC1", "E45": "RC4", "E47": "RC4", "E41": "RC3", "E3": "RC5"}[p.reason]
		if reason == "" {
			reason = "RC7"
		}
		s.at(s.today+s.rng.days(0, 40), func() {
			s.endAllocation(c, p.allocation, s.today)
			s.releaseChild(p.allocation)
			if c.episode != nil {
				s.closeEpisode(c, s.today, reason)
			}
		})
	}
}

func (s *simulation) reasonCeased(p *carePeriod) string {
	age, spent := p.child.age(s.today), s.today-p.entered
	switch {
	case p.ageOut:
		return pick(s.rng, []weighted[string]{{38, "E5"}, {20, "E6"}, {32, "E17"}, {5, "E7"}, {5, "E8"}})
	case age < 7 && spent > 400:
		return pick(s.rng, []weighted[string]{{40, "E11"}, {15, "E12"}, {25, "E45"}, {10, "E47"}, {10, "E4A"}})
	case spent > 300:
		return pick(s.rng, []weighted[string]{{30, "E4A"}, {10, "E4B"}, {30, "E45"}, {12, "E47"}, {8, "E41"}, {5, "E13"}, {5, "E8"}})
	}
	return pick(s.rng, []weighted[string]{{52, "E4A"}, {24, "E4B"}, {7, "E13"}, {5, "E41"}, {4, "E3"}, {2, "E14"}, {6, "E8"}})
}

// returnHome puts a child back into the family's case under a plan of support.
func (s *simulation) returnHome(c *child, p *carePeriod) {
	if c.episode == nil {
		return
	}
	s.endAllocation(c, p.allocation, s.today)
	s.releaseChild(p.allocation)
	if file := c.family.file; file != nil && !file.closing && file.stage == stageInNeed {
		s.writeNeedPlanUntilNow(file)
		file.children = append(file.children, c)
		if file.allocation != nil {
			s.addChild(file.allocation, c, "TSPROC")
		}
		return
	}
	if c.family.file != nil {
		s.closeEpisode(c, s.today, "RC7")
		return
	}
	file := s.openFile(c.family, s.today, c.episode.source)
	file.children = []*child{c}
	s.startNeedPlan(file)
}

// writeNeedPlanUntilNow closes the siblings' plan so that all start a new one.
func (s *simulation) writeNeedPlanUntilNow(file *caseFile) {
	s.visitFile(file, s.today)
	s.endNeedPlan(file, s.today)
	file.planStart = s.today
}
