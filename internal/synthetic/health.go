package synthetic

// writeHealth adds what the health service and the carers report of a child in
// care: yearly assessments, half-yearly under five, and a questionnaire.
func (s *simulation) writeHealth(p *carePeriod) {
	c, until := p.child, p.until(s.asOf)
	check := func(kind string, first day, done float64) {
		every := func(due day) day {
			if c.age(due) < 5 && kind == "Health Assessment" {
				return 182
			}
			return year
		}
		for due := p.entered + first; due-20 <= until; due += every(due) {
			if on := due - s.rng.days(0, 40); on >= s.window && on <= until && s.rng.chance(done) {
				status := pick(s.rng, []weighted[string]{{94, "Completed"}, {4, "Refused"}, {2, "Cancelled"}})
				s.out.write("ssd_cla_health", s.key("health"), c.key(), kind, s.calendar.next(on).stamp(), status)
			}
		}
		if p.ceased == never && s.rng.chance(0.15) {
			s.out.write("ssd_cla_health", s.key("health"), c.key(), kind, s.calendar.next(s.asOf+s.rng.days(3, 60)).stamp(), "Planned")
		}
	}
	check("Health Assessment", 20, 0.94)
	if c.age(until) >= 2 {
		check("Dental Check", 60, 0.83)
	}
	if p.ceased == never {
		s.out.write("ssd_cla_immunisations", c.key(), yesNo(s.rng.chance(0.84)), (s.asOf - s.rng.days(5, 400)).stamp())
	}
	for due := p.entered + year; due <= until; due += year {
		if age := c.age(due); due >= s.window && age >= 4 && age <= 16 && s.rng.chance(0.78) {
			score := min(40, max(0, int(s.rng.normal(14.9, 6.8))))
			s.out.write("ssd_sdq_scores", s.key("questionnaire"), c.key(), s.calendar.next(due-s.rng.days(0, 30)).stamp(), itoa(score), "SSD_PH")
		}
		if c.age(due) >= 12 && due >= s.window && s.rng.chance(0.03) {
			s.out.write("ssd_cla_convictions", s.key("conviction"), c.key(), due.stamp(), pick(s.rng, []weighted[string]{{3, "Theft"}, {2, "Criminal damage"}, {2, "Assault"}}))
		}
		if c.age(due) >= 12 && due >= s.window && s.rng.chance(0.03) {
			s.out.write("ssd_cla_substance_misuse", s.key("misuse"), c.key(), due.stamp(), pick(s.rng, []weighted[string]{{6, "Cannabis"}, {3, "Alcohol"}, {1, "Other"}}), yesNo(s.rng.chance(0.6)))
		}
	}
	s.writePermanence(p)
}

func carePlanFlags() []string {
	return []string{"REMAINSUP", "RETURN1M", "RETURN6M", "RETURNEV", "LTRELFR", "LTFOST18", "RESPLMT", "SUPPLIV", "ADOPTION", "OTHERPLN"}
}

// writePermanence adds the plan for the child's future, permanence before this
// time in care, and the road to adoption.
func (s *simulation) writePermanence(p *carePeriod) {
	c, until := p.child, p.until(s.asOf)
	goal := pick(s.rng, []weighted[string]{{12, "RETURN6M"}, {14, "RETURNEV"}, {9, "LTRELFR"}, {40, "LTFOST18"}, {8, "RESPLMT"}, {7, "SUPPLIV"}, {4, "OTHERPLN"}})
	adopted := p.reason == "E11" || p.reason == "E12"
	if adopted {
		goal = "ADOPTION"
	}
	if started := s.calendar.next(p.entered + s.rng.days(5, 60)); started < until {
		s.out.write("ssd_cla_care_plan", s.key("carePlan"), c.key(), started.stamp(), p.ceased.stamp(), outcomeJSON(carePlanFlags(), goal))
	}
	option := pick(s.rng, []weighted[string]{{88, "Z1"}, {3, "P1"}, {5, "P2"}, {2, "P3"}, {2, "P4"}})
	on, from := "", ""
	if option != "Z1" && option != "P4" {
		on = pick(s.rng, []weighted[string]{{2, "zz/05/2017"}, {1, "zz/zz/2016"}, {3, "14/09/2018"}, {1, "zz/zz/zzzz"}})
		from = "another authority"
	}
	s.out.write("ssd_cla_previous_permanence", s.key("previous"), c.key(), on, option, from)
	if !adopted {
		return
	}
	decided := p.entered + (until-p.entered)/4
	ordered, matched := decided+40, decided+(until-decided)/2
	s.out.write("ssd_permanence", s.key("permanence"), c.key(), itoa(p.id), decided.stamp(), "", ordered.stamp(), (matched + 30).stamp(), matched.stamp(),
		yesNo(s.rng.chance(0.12)), "", "", "", "0", "1", "0", "", "", p.ceased.stamp(), "Adoption", "",
		pick(s.rng, []weighted[string]{{8, "MF"}, {1, "FF"}, {1, "MM"}, {1, "F1"}}), pick(s.rng, []weighted[string]{{6, "L11"}, {1, "L12"}, {2, "L3"}, {1, "L0"}}), "2")
}
