package synthetic

import "math"

// desired is the full-time case holders a kind of team should have for its load.
func (s *simulation) desired(kind teamKind) float64 {
	load := 0
	for _, t := range s.teams {
		if t.kind == kind {
			load += t.cases()
		}
	}
	expected := map[teamKind]float64{
		kindAssessment: float64(s.Referrals) * 0.13,
		kindCare:       float64(s.LookedAfter), kindLeaving: float64(s.CareLeavers) * 1.5,
		kindReviewing:    float64(s.LookedAfter + s.Protected),
		kindSafeguarding: float64(s.InNeed-s.LookedAfter) - float64(s.CareLeavers)*1.5 - float64(s.Referrals)*0.13,
		kindDisability:   float64(s.InNeed) * 0.05,
	}[kind]
	cases := float64(load)
	if s.today < s.start+120 {
		cases = math.Max(cases, expected*0.9)
	}
	switch kind {
	case kindLeaving:
		return cases / 22
	case kindReviewing:
		return cases / 65
	case kindDuty, kindEarlyHelp:
		return 0
	}
	return cases / s.Caseload
}

// staffTo hires until every kind of team has the people its load asks for.
func (s *simulation) staffTo(on day) {
	for kind := kindAssessment; kind <= kindReviewing; kind++ {
		want := s.desired(kind)
		for s.thinnest(kind) != nil && s.inPost(kind) < want-0.6 {
			s.hire(s.thinnest(kind), s.holderTitle(kind), on)
		}
	}
}

func (s *simulation) inPost(kind teamKind) float64 {
	sum := 0.0
	for _, t := range s.teams {
		for _, w := range t.workers {
			if t.kind == kind && w.holds {
				sum += w.fte
			}
		}
	}
	return sum
}

// thinnest is the team of a kind with the fewest case holders.
func (s *simulation) thinnest(kind teamKind) *team {
	var best *team
	for _, t := range s.teams {
		if t.kind == kind && (best == nil || len(t.workers) < len(best.workers)) {
			best = t
		}
	}
	return best
}

// newest is the case holder who came last to a kind of team, if it can spare one.
func (s *simulation) newest(kind teamKind) *worker {
	var last *worker
	holders := 0
	for _, t := range s.teams {
		for _, w := range t.workers {
			if t.kind == kind && w.holds {
				holders++
				if last == nil || w.hired > last.hired {
					last = w
				}
			}
		}
	}
	if holders < 2 {
		return nil
	}
	return last
}

// staffMonth lets people go, hires for the load and keeps the books.
func (s *simulation) staffMonth() {
	for _, t := range s.teams {
		for _, w := range append([]*worker{}, t.workers...) {
			monthly := 0.011
			if w.agency {
				monthly = 0.05
			}
			if w.title == "Duty Team" || w.title == "Advanced Practitioner" && s.rng.chance(0.5) || s.today-w.hired < 60 || !s.rng.chance(monthly) {
				continue
			}
			s.leave(w)
			if !w.holds && w.title != "Advanced Practitioner" {
				s.hire(t, w.title, s.today).fte = w.fte
			}
		}
	}
	for kind := kindAssessment; kind <= kindReviewing; kind++ {
		for s.inPost(kind)-s.desired(kind) > 0.8 {
			w := s.newest(kind)
			if w == nil {
				break
			}
			s.leave(w)
		}
	}
	s.qualify()
	s.staffTo(s.today)
	s.staffAround()
	s.countStaff()
	s.practiceMonth()
}

// staffAround keeps the permanent social workers who carry no cases: their
// number is what the profile has beyond the case holders.
func (s *simulation) staffAround() {
	permanent := 0.0
	for _, t := range s.teams {
		for _, w := range t.workers {
			if !w.agency && w.social() {
				permanent += w.fte
			}
		}
	}
	want := s.SocialWorkers * (0.5 + 0.5*s.level("inNeed", s.today))
	for ; permanent < want-0.6; permanent++ {
		s.hire(anyOf(s.rng, s.teams[:len(s.teams)-1-s.Teams/20]), "Advanced Practitioner", s.today)
	}
	for _, t := range s.teams {
		if last := t.workers[len(t.workers)-1]; permanent > want+1.6 && last.title == "Advanced Practitioner" {
			permanent -= last.fte
			s.leave(last)
		}
	}
}

// social tells whether the post is one of a qualified social worker.
func (w *worker) social() bool {
	switch w.title {
	case "Personal Adviser", "Family Support Worker", "Health Visitor", "Designated Safeguarding Lead", "Duty Team":
		return false
	}
	return true
}

// qualify ends the assessed and supported year.
func (s *simulation) qualify() {
	for _, w := range s.professionals {
		if w.newly && s.today-w.hired > year {
			w.newly, w.title, w.capacity = false, "Social Worker", w.fte
		}
	}
}

// leave hands a worker's cases to the team and takes the worker out of it.
func (s *simulation) leave(w *worker) {
	t := w.team
	if w.holds && s.inPost(t.kind)-w.fte < 0.4 {
		s.hire(t, s.holderTitle(t.kind), s.today)
	}
	for i, other := range t.workers {
		if other == w {
			t.workers = append(t.workers[:i:i], t.workers[i+1:]...)
			break
		}
	}
	w.left = s.today
	s.moved(w, "leaver", s.today)
	for _, h := range s.allocations {
		if h.worker == w {
			s.transfer(h, t.kind, "LEFTRL")
		}
	}
	w.cases = 0
}
