package council

import (
	"math"
	"strconv"
)

// teamKind is the work a team does.
type teamKind int

const (
	kindDuty teamKind = iota
	kindAssessment
	kindSafeguarding
	kindDisability
	kindCare
	kindLeaving
	kindReviewing
	kindEarlyHelp
)

type team struct {
	id       int
	name     string
	parent   int
	kind     teamKind
	workers  []*worker // in post
	slowness float64   // 1 is average; above it, later visits and assessments
}

func (t *team) key() string { return strconv.Itoa(t.id) }

func (t *team) cases() int {
	sum := 0
	for _, w := range t.workers {
		sum += w.cases
	}
	return sum
}

type worker struct {
	id       int
	name     string
	title    string
	fte      float64
	agency   bool
	team     *team
	hired    day
	left     day
	capacity float64 // leaning when cases are given out
	cases    int
	newly    bool // in the assessed and supported year
	holds    bool // carries cases
}

func (w *worker) key() string   { return strconv.Itoa(w.id) }
func (w *worker) staff() string { return "S" + strconv.Itoa(w.id) }

func itoa(n int) string { return strconv.Itoa(n) }

// service is a parent department.
func services() map[teamKind]string {
	return map[teamKind]string{
		kindDuty: "Front Door", kindAssessment: "Front Door", kindSafeguarding: "Safeguarding and Support",
		kindDisability: "Safeguarding and Support", kindCare: "Corporate Parenting", kindLeaving: "Corporate Parenting",
		kindReviewing: "Quality Assurance", kindEarlyHelp: "Early Help",
	}
}

// openTeams lays out the departments by the profile's number of teams.
func (s *simulation) openTeams() {
	parents := map[string]int{}
	for _, name := range []string{"Front Door", "Safeguarding and Support", "Corporate Parenting", "Quality Assurance", "Early Help"} {
		parents[name] = s.number("team")
		s.ledger.write("ssd_department", itoa(parents[name]), name, "500", "Children's Services")
	}
	rest := max(3, s.Teams-4)
	share := func(part float64) int { return max(1, int(math.Round(float64(rest)*part))) }
	for _, plan := range []struct {
		kind  teamKind
		name  string
		count int
	}{
		{kindDuty, "Multi-Agency Safeguarding Hub", 1},
		{kindAssessment, "Assessment", share(0.28)},
		{kindSafeguarding, "Safeguarding", share(0.42)},
		{kindDisability, "Children with Disabilities", min(1, s.Teams/8)},
		{kindCare, "Children in Care", share(0.24)},
		{kindLeaving, "Leaving Care", 1 + s.Teams/30},
		{kindReviewing, "Independent Reviewing", 1},
		{kindEarlyHelp, "Early Help", 1 + s.Teams/20},
	} {
		for i := range plan.count {
			name := plan.name
			if plan.count > 1 {
				name += " " + itoa(i+1)
			}
			t := &team{id: s.number("team"), name: name, kind: plan.kind, slowness: 0.75 + 0.5*s.dice.r.Float64()}
			if i == 1 {
				t.slowness = 1.6
			}
			t.parent = parents[services()[plan.kind]]
			s.teams = append(s.teams, t)
			s.ledger.write("ssd_department", t.key(), name, itoa(t.parent), services()[plan.kind])
			s.hire(t, "Team Manager", s.start-s.dice.stretch(900))
			if s.Teams > 10 {
				s.hire(t, "Deputy Team Manager", s.start-s.dice.stretch(600))
			}
		}
	}
	s.hire(s.dutyTeam(), "Duty Team", s.start-9*year)
	s.hire(s.dutyTeam(), "Service Manager", s.start-3*year)
	for range max(2, s.EarlyHelp/60) {
		s.hire(s.thinnest(kindEarlyHelp), "Family Support Worker", s.start-s.dice.stretch(900))
	}
	for range 1 + s.Population/6000 {
		visitor := s.hire(s.thinnest(kindEarlyHelp), "Health Visitor", s.start-year)
		visitor.team.workers = visitor.team.workers[:len(visitor.team.workers)-1] // another employer's
		s.visitors = append(s.visitors, visitor)
	}
	s.staffTo(s.start - 30)
}

func (s *simulation) dutyTeam() *team     { return s.teams[0] }
func (s *simulation) dutyWorker() *worker { return s.teams[0].workers[0] }

// hire puts somebody in a team.
func (s *simulation) hire(t *team, title string, on day) *worker {
	w := &worker{id: s.number("worker"), title: title, team: t, hired: on, left: never, fte: 1, capacity: 1}
	w.name = anyOf(s.dice, forenames()) + " " + anyOf(s.dice, surnames())
	w.fte = pick(s.dice, []weighted[float64]{{80, 1}, {11, 0.8}, {6, 0.6}, {3, 0.5}})
	switch title {
	case "Social Worker", "Senior Social Worker", "Newly Qualified Social Worker (ASYE)", "Personal Adviser":
		w.holds = true
		w.capacity = w.fte * (0.8 + 0.4*s.dice.r.Float64())
		w.agency = title != "Personal Adviser" && title != "Newly Qualified Social Worker (ASYE)" && s.dice.chance(0.24)
		if title == "Newly Qualified Social Worker (ASYE)" {
			w.newly, w.capacity = true, w.fte*0.65
		}
	case "Independent Reviewing Officer":
		w.holds = true
	}
	t.workers = append(t.workers, w)
	s.professionals = append(s.professionals, w)
	if on > s.start {
		s.moved(w, "starter", on)
	}
	return w
}

func (s *simulation) holderTitle(kind teamKind) string {
	switch kind {
	case kindLeaving:
		return "Personal Adviser"
	case kindReviewing:
		return "Independent Reviewing Officer"
	}
	return pick(s.dice, []weighted[string]{{62, "Social Worker"}, {23, "Senior Social Worker"}, {15, "Newly Qualified Social Worker (ASYE)"}})
}

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
		for s.thinnest(kind) != nil && s.inPost(kind) < want-0.4 {
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

// staffMonth lets people go, hires for the load and keeps the books.
func (s *simulation) staffMonth() {
	for _, t := range s.teams {
		for _, w := range append([]*worker{}, t.workers...) {
			monthly := 0.011
			if w.agency {
				monthly = 0.05
			}
			if w.title == "Duty Team" || w.title == "Advanced Practitioner" && s.dice.chance(0.5) || s.today-w.hired < 60 || !s.dice.chance(monthly) {
				continue
			}
			s.leave(w)
			if !w.holds && w.title != "Advanced Practitioner" {
				s.hire(t, w.title, s.today)
			}
		}
	}
	for kind := kindAssessment; kind <= kindReviewing; kind++ {
		surplus := s.inPost(kind) - s.desired(kind)
		for _, t := range s.teams {
			if t.kind == kind && surplus > 1.2 && len(t.workers) > 3 {
				if w := t.workers[len(t.workers)-1]; w.holds {
					surplus -= w.fte
					s.leave(w)
				}
			}
		}
	}
	s.qualify()
	s.staffTo(s.today)
	s.staffAround()
	s.countStaff()
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
		s.hire(anyOf(s.dice, s.teams[:len(s.teams)-1-s.Teams/20]), "Advanced Practitioner", s.today)
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
	case "Personal Adviser", "Family Support Worker", "Health Visitor", "Duty Team":
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
	for _, h := range s.holds {
		if h.worker == w {
			s.handOver(h, t.kind, "LEFTRL")
		}
	}
	w.cases = 0
}
