package synthetic

import "math"

// ehcPlan is an education, health and care plan in force from a day.
type ehcPlan struct {
	id      int
	pupil   *pupil
	request string
	starts  day
	ceased  day
}

func (x *ehcPlan) running(on day) bool {
	return x.starts <= on && (x.ceased == never || x.ceased > on)
}

// ehcLevel is the number of plans on a day: it has grown every year.
func (e *schooling) ehcLevel(on day) float64 {
	return float64(e.EHCPlans) * math.Exp(-0.085*float64(e.asOf-on)/float64(year))
}

// runPlans takes requests month by month, and lets as many plans cease as the
// growing total leaves over.
func (e *schooling) runPlans() {
	const step = 28
	first := e.asOf - 6*year - 8*step
	for len(e.plans) < int(e.ehcLevel(first)) {
		p := e.randomPupil(first, planYears(), func(p *pupil) bool { return p.plan == nil })
		if p == nil {
			break
		}
		e.issue(p, "", first-e.rng.days(10, 6*year))
	}
	requests := 0.0
	for d := first; d <= e.asOf; d += step {
		requests += float64(e.EHCRequests) * step / float64(year) * math.Exp(-0.06*float64(e.asOf-d)/float64(year)) * e.requestSeason(d)
		for ; requests >= 1; requests-- {
			e.request(d - e.rng.days(0, step-1))
		}
		e.cease(d, step)
	}
	e.cease(e.asOf, step)
	for _, x := range e.plans {
		e.writePlan(x)
	}
}

func (e *schooling) requestSeason(d day) float64 {
	switch d.time().Month() {
	case 8, 12:
		return 0.7
	case 6, 7, 3:
		return 1.25
	}
	return 1
}

func requestYears() []weighted[int] {
	return []weighted[int]{
		{6, -2}, {9, -1}, {11, 0}, {10, 1}, {9, 2}, {9, 3}, {8, 4}, {8, 5}, {7, 6}, {6, 7}, {5, 8}, {4, 9}, {3, 10}, {2, 11}, {2, 12}, {1, 13},
	}
}

func planYears() []weighted[int] {
	return []weighted[int]{
		{2, -1}, {4, 0}, {5, 1}, {6, 2}, {6, 3}, {7, 4}, {7, 5}, {7, 6}, {7, 7}, {7, 8}, {7, 9}, {7, 10}, {7, 11}, {6, 12}, {5, 13},
	}
}

// request follows one request to its decision, assessment and plan.
func (e *schooling) request(received day) {
	p := e.randomPupil(received, requestYears(), func(p *pupil) bool { return p.plan == nil && !p.pending })
	if p == nil || received > e.asOf {
		return
	}
	id := itoa(e.number("request", 40000))
	decided := received + e.rng.days(24, 42)
	if e.rng.chance(0.152) {
		decided = received + e.rng.days(43, 100)
	}
	answer := "Y"
	switch fate := e.rng.r.Float64(); {
	case fate < e.EHCRefused:
		answer = "N"
	case fate < e.EHCRefused+0.04:
		answer = "W"
	}
	exception := e.rng.chance(0.03)
	source := pick(e.rng, []weighted[string]{{52, "parent"}, {38, "school"}, {3, "young_person"}, {4, "health"}, {2, "social_care"}, {1, "other"}})
	written, on := answer, decided
	if decided > e.asOf {
		written, on = "A", never
		p.pending = true
	}
	if answer == "W" {
		on = never
	}
	if received >= e.window {
		person := ""
		if p.child != nil {
			person = p.child.key()
		}
		e.out.write("ehc_request", id, itoa(p.id), person, received.date(), source, written, on.date(),
			truth(answer == "N" && e.rng.chance(0.15)), truth(answer == "N" && e.rng.chance(0.06)), truth(exception), "", "false", sendTeam(p))
	}
	if written == "Y" {
		e.assess(p, id, received, decided, exception)
	}
}

func sendTeam(p *pupil) string { return "SEN" + itoa(1+p.id%4) }

// assess decides on the plan. The law gives twenty weeks from the request.
func (e *schooling) assess(p *pupil, request string, received, decided day, exception bool) {
	issued := max(decided+30, received+e.rng.days(100, 140))
	late := !e.rng.chance(e.EHCOnTime)
	if late || exception {
		issued = received + e.rng.days(141, 330)
		if e.rng.chance(0.12) {
			issued = received + e.rng.days(331, 600)
		}
	}
	answer, on := "Y", e.cal.next(issued)
	if !late && e.cal.next(issued) > received+140 {
		on = issued - 3
	}
	if e.rng.chance(0.06) {
		answer, on = "N", min(on, received+e.rng.days(90, 130))
	}
	if on > e.asOf {
		answer, on = "A", never
		p.pending = true
	}
	reason := ""
	if exception {
		reason = pick(e.rng, []weighted[string]{{2, "a"}, {4, "b"}, {2, "c"}, {2, "d"}})
	}
	if received >= e.window {
		e.out.write("ehc_assessment", itoa(e.number("ehcAssessment", 60000)), request, answer, on.date(), truth(exception), reason)
	} else {
		request = ""
	}
	if answer == "Y" {
		e.issue(p, request, on)
	}
}

func (e *schooling) issue(p *pupil, request string, on day) {
	x := &ehcPlan{id: e.number("ehcPlan", 70000), pupil: p, request: request, starts: on, ceased: never}
	p.plan = x
	p.support = false
	if len(p.needs) == 0 || e.rng.chance(0.5) {
		p.needs = []string{e.need()}
	}
	if e.rng.chance(0.35) && p.needs[0] != "SLCN" {
		p.needs = append(p.needs[:1], "SLCN")
	}
	if p.ncYear(on) <= 12 && e.rng.chance(0.36) {
		p.special, p.specialFrom = e.schoolOf("special"), on+e.rng.days(0, 120)
	}
	e.plans = append(e.plans, x)
}

// cease ends plans until the total on a day is what it should be, the oldest
// young people first.
func (e *schooling) cease(d, step day) {
	open := 0
	for _, x := range e.plans {
		if x.running(d) {
			open++
		}
	}
	for tries := 0; float64(open) > e.ehcLevel(d)+0.5 && tries < 4000; tries++ {
		x := anyOf(e.rng, e.plans)
		age := x.pupil.ageAt(d)
		if !x.running(d) || x.starts > d-300 {
			continue
		}
		if age < 16 && !e.rng.chance(0.01) || age < 19 && !e.rng.chance(0.25) {
			continue
		}
		x.ceased = d - e.rng.days(0, step-1)
		open--
	}
}

func (e *schooling) writePlan(x *ehcPlan) {
	if x.ceased != never && x.ceased < e.window {
		return
	}
	p := x.pupil
	age := p.ageAt(min(e.asOf, max(x.starts, e.asOf)))
	if x.ceased != never {
		age = p.ageAt(x.ceased)
	}
	var kind, setting, urn string
	switch {
	case p.special != nil && age < 19:
		kind, urn = "special", itoa(p.special.urn)
	case age >= 16:
		kind = pick(e.rng, []weighted[string]{{62, "fe"}, {12, "independent"}, {16, "other"}, {10, "none"}})
	default:
		kind = pick(e.rng, []weighted[string]{{76, "mainstream"}, {13, "independent"}, {3, "ap"}, {3, "ehe"}, {3, "other"}, {2, "none"}})
		if kind == "mainstream" {
			urn = itoa(e.schoolAt(p, min(e.asOf, max(x.starts, civil(p.birthYear+5, 9, 2)))).urn)
		}
	}
	if kind == "mainstream" && e.rng.chance(0.06) {
		setting = pick(e.rng, []weighted[string]{{1, "RP"}, {1, "SU"}})
	}
	reason := ""
	if x.ceased != never {
		reason = itoa(pick(e.rng, []weighted[int]{{4, 1}, {34, 2}, {8, 3}, {12, 4}, {14, 5}, {18, 6}, {2, 7}, {1, 8}, {7, 9}}))
	}
	e.out.write("ehc_plan", itoa(x.id), x.request, itoa(p.id), x.starts.date(), x.ceased.date(), reason,
		"", truth(e.rng.chance(0.06)), urn, kind, setting, truth(x.request == "" && e.rng.chance(0.08)), sendTeam(p))
	for rank, need := range p.needs {
		e.out.write("ehc_plan_need", itoa(x.id), need, itoa(rank+1))
	}
	e.writeReviews(x)
	if p.child != nil && x.ceased == never {
		p.child.hasEHCP = true
	}
}
