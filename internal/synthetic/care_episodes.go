package synthetic

import (
	"slices"
	"strconv"
)

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// writeEpisodes cuts the period where placement or legal status changes.
func (s *simulation) writeEpisodes(p *carePeriod, statuses []legal, placements []placement, reviews []day) {
	cuts := []day{p.entered}
	for _, x := range placements[1:] {
		cuts = append(cuts, x.from)
	}
	for _, l := range statuses[1:] {
		cuts = append(cuts, l.from)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	need := p.needCode(s)
	referral := ""
	if p.child.episode != nil {
		referral = itoa(p.child.episode.id)
	}
	for i, from := range cuts {
		to, reason := p.ceased, p.reason
		if i+1 < len(cuts) {
			to, reason = cuts[i+1], "X1"
		}
		if !s.within(to) {
			continue
		}
		lastSeen := never
		for _, r := range reviews {
			if r >= from && (to == never || r <= to) {
				lastSeen = r
			}
		}
		s.out.write("ssd_cla_episodes", s.key("careEpisode"), p.child.key(), itoa(placedOn(placements, from).id), from.stamp(),
			startReason(from, p, statuses, placements), need, to.stamp(), reason, itoa(p.id), referral, lastSeen.stamp(), p.entered.stamp())
	}
}

func (p *carePeriod) needCode(s *simulation) string {
	switch {
	case p.child.alone:
		return "N8"
	case p.short:
		return "N2"
	case p.child.episode != nil && p.child.episode.need != "N0" && p.child.episode.need != "N9":
		return p.child.episode.need
	}
	return pick(s.rng, []weighted[string]{{6, "N1"}, {2, "N5"}, {1, "N4"}})
}

func placedOn(placements []placement, on day) placement {
	latest := placements[0]
	for _, x := range placements {
		if x.from <= on {
			latest = x
		}
	}
	return latest
}

// startReason is the code of an episode's start: legal change (L), placement change (P,
// or T with the same carer) or both at once (B, U).
func startReason(from day, p *carePeriod, statuses []legal, placements []placement) string {
	if from == p.entered {
		return "S"
	}
	legalChange := slices.ContainsFunc(statuses[1:], func(l legal) bool { return l.from == from })
	for _, x := range placements[1:] {
		if x.from != from {
			continue
		}
		switch {
		case x.same && legalChange:
			return "U"
		case x.same:
			return "T"
		case legalChange:
			return "B"
		}
		return "P"
	}
	return "L"
}

// careReviews writes the reviews: within 20 working days, three months on, then
// each half year. It returns the days on which they were held.
func (s *simulation) careReviews(p *carePeriod) []day {
	reviews := []day{}
	until := p.until(s.asOf)
	due := s.calendar.plus(p.entered, 20)
	for nth := 1; due-12 <= until; nth++ {
		on := s.calendar.next(due - s.rng.days(1, 14))
		if nth == 1 {
			on = s.calendar.plus(p.entered, s.rng.between(12, 20))
		}
		if on > due {
			on = due
		}
		if s.rng.chance(0.022) {
			on = s.calendar.next(due + s.rng.days(2, 26))
		}
		if on > until {
			break
		}
		if on >= s.window {
			participation := pick(s.rng, []weighted[string]{{38, "PN1"}, {8, "PN2"}, {3, "PN3"}, {6, "PN4"}, {14, "PN5"}, {22, "PN6"}, {9, "PN7"}})
			if p.child.age(on) < 4 {
				participation = "PN0"
			}
			if s.rng.chance(0.015) {
				early := s.calendar.next(on - s.rng.days(3, 9))
				s.out.write("ssd_cla_reviews", s.key("review"), itoa(p.id), due.stamp(), early.stamp(), "Y", "")
			}
			s.out.write("ssd_cla_reviews", s.key("review"), itoa(p.id), due.stamp(), on.stamp(), pick(s.rng, []weighted[string]{{9, "N"}, {1, ""}}), participation)
		}
		reviews = append(reviews, on)
		if nth == 1 {
			due = on.months(3)
		} else {
			due = on.months(6)
		}
	}
	return reviews
}

// writeCareVisits follows the regulations: within a week of each placement,
// then six-weekly, or three-monthly in a settled long-term placement.
func (s *simulation) writeCareVisits(p *carePeriod, placements []placement) {
	slow := 1.0
	if p.allocation != nil {
		slow = p.allocation.worker.team.slowness
	}
	until := p.until(s.asOf)
	for _, x := range placements {
		ends := until
		if x.to != never {
			ends = min(x.to, until)
		}
		d := x.from + s.rng.days(1, 6)
		if s.rng.chance(0.1 * slow) {
			d = x.from + s.rng.days(8, 20)
		}
		for d = s.calendar.next(d); d <= ends; {
			gap := s.rng.days(28, 41)
			if (x.kind == "U1" || x.kind == "U4") && d-x.from > year && s.rng.chance(0.5) {
				gap = s.rng.days(60, 88)
			}
			if s.rng.chance(0.12 * slow) {
				gap += s.rng.days(8, 30)
			}
			s.writeCareVisit(p, d)
			next := d + gap
			for next > d+gap-3 && !s.calendar.working(next) {
				next--
			}
			d = s.calendar.next(next)
		}
	}
}

func (s *simulation) writeCareVisit(p *carePeriod, d day) {
	if d < s.window || s.asOf-d <= 10 && s.rng.chance(0.06) {
		return
	}
	seen := s.rng.chance(0.98)
	alone := "N"
	if seen && p.child.age(d) >= 4 {
		alone = yesNo(s.rng.chance(0.82))
	}
	id := s.key("careVisit")
	s.out.write("ssd_cla_visits", id, itoa(p.id), p.child.key(), s.clock(d, 0.12), yesNo(seen), alone)
	s.careVisitMethod(id, d)
	s.writeVisit(p.child, s.key("visit"), d, seen)
	if s.rng.chance(0.5) {
		s.writeVisit(p.child, s.key("visit"), s.calendar.plus(d, s.rng.between(3, 14)), s.rng.chance(0.95))
	}
}
