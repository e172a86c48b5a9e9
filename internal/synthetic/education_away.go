package synthetic

import "math"

// homeYears leans to the secondary years, where most leave school for home.
func homeYears() []weighted[int] {
	return []weighted[int]{{3, 1}, {4, 2}, {5, 3}, {6, 4}, {7, 5}, {8, 6}, {10, 7}, {13, 8}, {16, 9}, {16, 10}, {12, 11}}
}

func schoolYears() []weighted[int] {
	return []weighted[int]{{10, 1}, {9, 2}, {8, 3}, {8, 4}, {8, 5}, {8, 6}, {12, 7}, {10, 8}, {10, 9}, {10, 10}, {7, 11}}
}

// absence is an episode out of school.
type absence struct {
	pupil             *pupil
	starts, ends      day
	reason, endReason string
}

// runEpisodes runs episodes step by step so that their number follows a level; ends
// come by chance, with the end of compulsory school age, and by moving away.
func (e *schooling) runEpisodes(step day, years []weighted[int], monthlyEnd float64, level func(day) float64, reasons []weighted[string], ending []weighted[string]) []*absence {
	all, open := []*absence{}, []*absence{}
	steps := (historyYears*year)/step + 3
	for back := steps; back >= 0; back-- {
		d, reach := e.asOf-back*step, step-1
		if back == steps {
			reach = year // those of the first day came over a year
		}
		still := open[:0:0]
		for _, a := range open {
			switch {
			case !a.pupil.compulsory(d):
				a.ends, a.endReason = d-e.rng.days(0, step-1), "over_age"
			case !a.pupil.here(d):
				a.ends, a.endReason = a.pupil.departed, "moved_away"
			case e.rng.chance(monthlyEnd * float64(step) / 30):
				a.ends, a.endReason = d-e.rng.days(0, step-1), pick(e.rng, ending)
			}
			if a.ends == never {
				still = append(still, a)
				continue
			}
			a.ends = max(a.ends, a.starts+1)
			a.pupil.away[len(a.pupil.away)-1].ends = a.ends
		}
		open = still
		for float64(len(open)) < level(d)-0.5 {
			p := e.randomPupil(d, years, func(p *pupil) bool {
				return p.compulsory(d) && p.compulsory(d-step) && !p.absent(d) && p.homeLA == e.LACode
			})
			if p == nil {
				break
			}
			a := &absence{pupil: p, starts: d - e.rng.days(0, reach), ends: never, reason: pick(e.rng, reasons)}
			if n := len(p.away); n > 0 && a.starts <= p.away[n-1].ends {
				a.starts = p.away[n-1].ends + 1
			}
			p.away = append(p.away, spell{"away", a.starts, never})
			open, all = append(open, a), append(all, a)
		}
	}
	return all
}

func (e *schooling) runHomeEducation() {
	level := func(d day) float64 {
		back := float64(e.asOf-d) / float64(year)
		wave := 0.05 * (math.Sin(back*2.1) - 0)
		return float64(e.EHE) * (math.Exp(-0.13*back) + wave)
	}
	all := e.runEpisodes(28, homeYears(), 0.042, level, []weighted[string]{
		{15, "mental_health"}, {14, "lifestyle_choice"}, {13, "dissatisfaction_general"}, {11, "philosophical"}, {9, "dissatisfaction_send"},
		{6, "dissatisfaction_bullying"}, {4, "school_preference"}, {3, "physical_health"}, {3, "religious"}, {2, "school_place"},
		{3, "risk_of_exclusion"}, {0.5, "permanent_exclusion"}, {1, "school_pressure"}, {1, "covid_health"}, {6, "other"}, {6, "unknown"}, {8, "not_given"},
	}, []weighted[string]{{72, "returned_to_school"}, {16, "moved_away"}, {5, "school_attendance_order"}, {7, "became_cme"}})
	for _, a := range all {
		if a.ends != never && a.ends < e.window {
			continue
		}
		suitability := pick(e.rng, []weighted[string]{{73, "suitable"}, {2, "unsuitable"}, {25, "not_yet"}})
		latest := min(max(a.starts, e.asOf-e.rng.days(5, 360)), e.asOf)
		if a.ends != never {
			latest = min(latest, a.ends)
		}
		e.out.write("ehe_episode", itoa(e.number("ehe", 50000)), itoa(a.pupil.id), a.starts.date(), a.ends.date(), a.reason,
			pick(e.rng, []weighted[string]{{9, ""}, {1, "lifestyle_choice"}}), itoa(e.schoolAt(a.pupil, a.starts).urn), e.provision(a.pupil),
			knownAs(a.pupil, a.starts), latest.date(), suitability, a.endReason, truth(e.rng.chance(0.01)))
	}
}

func (e *schooling) provision(p *pupil) string {
	switch {
	case p.plan != nil && p.plan.running(e.asOf):
		return "E"
	case p.support:
		return "K"
	}
	return "N"
}

// knownAs is the highest status a pupil had with social care on a day.
func knownAs(p *pupil, on day) string {
	status := "none"
	if p.child == nil {
		return status
	}
	rank := map[string]int{"none": 0, "ever": 1, "CIN": 2, "CPP": 3, "CLA": 4}
	for _, sp := range p.child.spells {
		was := "ever"
		if sp.starts <= on && (sp.ends == never || sp.ends > on) {
			was = sp.status
		}
		if sp.starts <= on && rank[was] > rank[status] {
			status = was
		}
	}
	return status
}

func (e *schooling) runMissingEducation() {
	level := func(d day) float64 {
		back := float64(e.asOf-d) / float64(year)
		season := 1.0
		switch d.time().Month() {
		case 9, 10:
			season = 1.12
		case 7, 8:
			season = 0.85
		}
		if e.asOf-d < 30 {
			season = 1
		}
		return float64(e.CME) * (1 + 0.05*back - 0.012*back*back) * season
	}
	all := e.runEpisodes(14, schoolYears(), 0.22, level, []weighted[string]{
		{42, "application_awaiting_outcome"}, {16, "moved_into_area"}, {12, "whereabouts_unknown"}, {6, "unsuitable_home_education"},
		{8, "no_school_place"}, {3, "left_after_exclusion"}, {6, "returned_from_abroad"}, {7, "other"},
	}, []weighted[string]{{66, "school_place_taken"}, {13, "moved_away"}, {9, "home_educated"}, {12, "located_elsewhere"}})
	for _, a := range all {
		if a.ends != never && a.ends < e.window {
			continue
		}
		e.out.write("cme_episode", itoa(e.number("cme", 90000)), itoa(a.pupil.id), a.starts.date(), a.ends.date(), a.reason,
			itoa(e.schoolAt(a.pupil, a.starts).urn), a.endReason, truth(a.reason != "whereabouts_unknown"))
	}
}
