package synthetic

import "slices"

// writeOpen writes what is still running on the last day.
func (s *simulation) writeOpen() {
	for _, g := range s.groups {
		g.visits = slices.DeleteFunc(g.visits, func(d day) bool {
			return s.asOf-d <= 12 && s.rng.chance(0.02) // made, but not written up yet
		})
		for _, p := range g.plans {
			if p.ended == never {
				p.child.spells = append(p.child.spells, spell{"CPP", g.starts, never})
				s.writePlan(g, p)
			}
		}
	}
	for _, p := range s.carePeriods {
		p.child.spells = append(p.child.spells, spell{"CLA", p.entered, never})
		s.writeCare(p)
	}
	for _, a := range s.assessments {
		if !a.done {
			s.writeAssessment(a.file, a, never, "")
		}
	}
	for _, file := range s.files {
		s.visitFile(file, s.asOf+1)
		if file.stage == stageInNeed {
			for _, c := range file.children {
				s.writeNeedPlan(file, c, never)
			}
		}
	}
	for _, h := range s.allocations {
		for _, c := range h.children {
			s.writeInvolvement(h, c, never)
		}
	}
	for _, c := range s.people {
		if c.episode != nil {
			s.writeReferral(c.episode, never, "")
			c.spells = append(c.spells, spell{"CIN", c.episode.opened, never})
		}
	}
	s.writeLeavers()
}

// writeProfessionals lists everybody who ever worked a case here, with the
// caseload of last September as the build computes it.
func (s *simulation) writeProfessionals() {
	for _, w := range s.professionals {
		if w.left != never && w.left < s.window {
			continue
		}
		fte := decimal(w.fte)
		if s.rng.chance(0.25) {
			fte = ""
		}
		registration := ""
		if w.social() {
			registration = "SW" + itoa(100000+w.id)
		}
		caseload := 0
		if w.holds && w.hired < s.asOf-60 {
			caseload = max(0, w.cases+s.rng.between(-4, 4))
		}
		s.out.write("ssd_professionals", w.key(), w.staff(), w.name, registration, "", w.title, itoa(caseload), w.team.name, fte)
	}
}
