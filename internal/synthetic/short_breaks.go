package synthetic

// startShortBreaks begins a series for a disabled child who stays at home.
func (s *simulation) startShortBreaks(d day) {
	if d > s.asOf {
		return
	}
	for range 200 {
		if len(s.files) == 0 {
			return
		}
		file := anyOf(s.rng, s.files)
		if file.stage != stageInNeed || file.closing || file.conference {
			continue
		}
		for _, c := range file.children {
			if c.disabled && c.care == nil && c.age(d) >= 4 && c.under18(d+300) {
				s.at(d, func() { s.openShortBreaks(file, c) })
				return
			}
		}
	}
}

func (s *simulation) openShortBreaks(file *caseFile, c *child) {
	if c.care != nil || c.episode == nil || file.family.file != file {
		return
	}
	p := &carePeriod{id: s.number("care"), child: c, entered: s.today, ceased: never, short: true}
	p.ends = min(s.today+s.rng.days(250, 1500), c.birthday(18)-5)
	p.legal = pick(s.rng, []weighted[string]{{8, "V4"}, {2, "V3"}})
	c.care = p
	s.carePeriods = append(s.carePeriods, p)
	s.at(p.ends, func() { s.endCare(p) })
}
