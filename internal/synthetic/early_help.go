package synthetic

// startEarlyHelp gives a family an episode each: children seldom get help alone.
func (s *simulation) startEarlyHelp(d day) {
	f := s.earlyHelpFamily(d)
	if d > s.asOf {
		return
	}
	reason := pick(s.rng, []weighted[string]{
		{22, "Parenting support"}, {12, "Domestic abuse"}, {14, "School attendance"}, {16, "Child behaviour"},
		{9, "Parental mental health"}, {10, "Child mental health"}, {6, "Housing or money"},
		{3, "Substance misuse"}, {6, "SEND support"}, {2, "Young carer"},
	})
	organisation := pick(s.rng, []weighted[string]{
		{55, "LAEH"}, {14, "SCHPRI"}, {10, "SCHSEC"}, {8, "HEALTH"}, {5, "VOLSEC"}, {8, "FAMHUB"},
	})
	ends := d + 20 + s.rng.exponential(150)
	ended := pick(s.rng, []weighted[string]{
		{52, "OUTMET"}, {11, "STEPUP"}, {8, "DISENG"}, {5, "CONSWD"}, {4, "DECLIN"}, {11, "UNIVER"}, {4, "MOVED"}, {5, "NFA"},
	})
	if ended == "DISENG" || ended == "CONSWD" || ended == "DECLIN" {
		ends = d + s.rng.days(10, 80)
	}
	if s.rng.chance(0.006) {
		ends = d + 6*year // never closed by anybody
		s.countEdgeCase(kindStaleEarlyHelp)
	}
	ends = s.calendar.next(ends)
	if ended == "STEPUP" {
		s.at(ends+s.rng.days(0, 14), func() {
			if f.file == nil && f.hasChild(s.today) && s.calendar.working(s.today) {
				s.referralsDue -= float64(s.refer(f, s.today))
			}
		})
	}
	if !s.within(s.untilLastDay(ends)) {
		return
	}
	for _, c := range f.children {
		if !c.under18(d) || c.due != never || s.rng.chance(0.2) {
			continue
		}
		endReason := ended
		if ends > s.asOf {
			endReason = ""
		}
		id := s.key("earlyHelp")
		s.out.write("ssd_early_help_episodes", id, c.key(), d.stamp(), s.untilLastDay(ends).stamp(), reason, endReason, organisation, "SSD_PH")
		s.assessForEarlyHelp(id, organisation, d)
	}
}

// earlyHelpFamily is a family after closure, one from the contacts, or a new one.
func (s *simulation) earlyHelpFamily(d day) *family {
	for range 10 {
		f := (*family)(nil)
		switch kind := s.rng.r.Float64(); {
		case kind < 0.3 && len(s.closedFamilies) > 0:
			f = anyOf(s.rng, s.closedFamilies)
		case kind < 0.65 && len(s.contactOnly) > 0:
			f = anyOf(s.rng, s.contactOnly).family
		}
		if f == nil {
			break
		}
		if !f.earlyHelp && f.hasChild(d) {
			f.earlyHelp = true
			return f
		}
	}
	f := s.newFamily(d, s.familySize())
	f.earlyHelp = true
	return f
}
