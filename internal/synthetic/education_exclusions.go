package synthetic

// runExclusions sends pupils home: most suspensions fall on the secondary years
// and on pupils who were suspended before.
func (e *schooling) runExclusions() {
	years := []weighted[int]{{1, 1}, {1, 2}, {1, 3}, {2, 4}, {3, 5}, {4, 6}, {12, 7}, {20, 8}, {24, 9}, {22, 10}, {10, 11}}
	again := []*pupil{}
	for d := e.window; d <= e.asOf; d++ {
		if e.cal.schoolOut(d) || !e.cal.working(d) {
			continue
		}
		for range e.rng.roundRandomly(float64(e.Pupils) * 0.08 / 190) {
			p := (*pupil)(nil)
			if len(again) > 20 && e.rng.chance(0.55) {
				p = anyOf(e.rng, again)
			}
			if p == nil || !p.compulsory(d) || !p.here(d) || p.absent(d) {
				p = e.randomPupil(d, years, func(p *pupil) bool { return p.compulsory(d) && !p.absent(d) })
			}
			if p == nil {
				continue
			}
			again = append(again, p)
			if len(again) > e.Pupils/60 {
				again = again[1:]
			}
			category := pick(e.rng, []weighted[string]{{975, "SUSP"}, {13, "PERM"}, {12, "LNCH"}})
			e.exclude(p, d, category)
		}
	}
}

func (e *schooling) exclude(p *pupil, d day, category string) {
	reason := func() string {
		return pick(e.rng, []weighted[string]{{45, "DB"}, {14, "VA"}, {14, "PP"}, {8, "PA"}, {5, "VP"}, {5, "DA"}, {3, "DM"}, {2, "TH"}, {2, "SM"}, {2, "BU"}})
	}
	second := ""
	if e.rng.chance(0.2) {
		second = reason()
	}
	sessions, review, reinstated := itoa(pick(e.rng, []weighted[int]{{45, 2}, {22, 4}, {12, 1}, {10, 6}, {8, 10}, {3, 20}})), "", "false"
	if category == "PERM" {
		sessions = ""
		review = pick(e.rng, []weighted[string]{{90, "upheld"}, {6, "not_reviewed"}, {4, "overturned"}})
		reinstated = truth(review == "overturned")
	}
	e.out.write("exclusion", itoa(e.number("exclusion", 20000)), itoa(p.id), itoa(e.schoolAt(p, d).urn), category, reason(), second, "",
		d.date(), sessions, e.provision(p), truth(knownAs(p, d) == "CLA"), review, reinstated)
}

// writeReviews adds the yearly reviews of a plan.
func (e *schooling) writeReviews(x *ehcPlan) {
	until := e.asOf
	if x.ceased != never {
		until = x.ceased
	}
	for due := x.starts.months(12); due-40 <= until; due = due.months(12) {
		met, decided, decision := e.cal.next(due-e.rng.days(2, 40)), never, ""
		switch fate := e.rng.r.Float64(); {
		case fate < 0.08:
			met = e.cal.next(due + e.rng.days(5, 120))
		case fate < 0.12:
			met = never
		}
		if met > until || met != never && e.cal.schoolOut(met) {
			met = e.cal.next(due - 42)
		}
		if due < e.window {
			continue
		}
		if met != never {
			decided = met + e.rng.days(10, 28)
			if e.rng.chance(0.56) {
				decided = met + e.rng.days(29, 130)
			}
			decision = pick(e.rng, []weighted[string]{{62, "C"}, {35, "A"}, {3, "E"}})
		}
		if met > e.asOf {
			met = never
		}
		if met == never || decided > e.asOf {
			decided, decision = never, ""
		}
		if due > e.asOf && met == never {
			continue
		}
		e.out.write("ehc_annual_review", itoa(e.number("review", 110000)), itoa(x.id), due.date(), met.date(), decided.date(), decision)
	}
}
