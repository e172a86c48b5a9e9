package synthetic

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

func (t *team) manager() *worker {
	for _, w := range t.workers {
		if w.title == "Team Manager" {
			return w
		}
	}
	return t.workers[0]
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
		s.out.write("ssd_department", itoa(parents[name]), name, "500", "Children's Services")
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
			t := &team{id: s.number("team"), name: name, kind: plan.kind, slowness: 0.75 + 0.5*s.rng.r.Float64()}
			if i == 1 {
				t.slowness = 1.6
			}
			t.parent = parents[services()[plan.kind]]
			s.teams = append(s.teams, t)
			s.out.write("ssd_department", t.key(), name, itoa(t.parent), services()[plan.kind])
			manager := s.hire(t, "Team Manager", s.start-s.rng.exponential(900))
			if s.Teams < 8 {
				manager.fte = 0.6 // one person runs two small teams
			}
			if s.Teams > 10 {
				s.hire(t, "Deputy Team Manager", s.start-s.rng.exponential(600))
			}
		}
	}
	s.inbox = s.hire(s.dutyTeam(), "Duty Team", s.start-9*year)
	s.hire(s.dutyTeam(), "Service Manager", s.start-3*year)
	for range max(2, s.EarlyHelp/60) {
		s.hire(s.thinnest(kindEarlyHelp), "Family Support Worker", s.start-s.rng.exponential(900))
	}
	for range 1 + s.Population/3000 {
		s.visitors = append(s.visitors, s.outsider("Health Visitor"))
	}
	for range s.Schools {
		s.leads = append(s.leads, s.outsider("Designated Safeguarding Lead"))
	}
	s.staffTo(s.start - 30)
}

// outsider is a professional of another employer, who is in no team's numbers.
func (s *simulation) outsider(title string) *worker {
	t := s.thinnest(kindEarlyHelp)
	w := s.hire(t, title, s.start-year)
	t.workers = t.workers[:len(t.workers)-1]
	return w
}

func (s *simulation) dutyTeam() *team     { return s.teams[0] }
func (s *simulation) dutyWorker() *worker { return s.inbox }

// hire puts somebody in a team.
func (s *simulation) hire(t *team, title string, on day) *worker {
	w := &worker{id: s.number("worker"), title: title, team: t, hired: on, left: never, fte: 1, capacity: 1}
	w.name = anyOf(s.rng, forenames()) + " " + anyOf(s.rng, surnames())
	w.fte = pick(s.rng, []weighted[float64]{{80, 1}, {11, 0.8}, {6, 0.6}, {3, 0.5}})
	switch title {
	case "Social Worker", "Senior Social Worker", "Newly Qualified Social Worker (ASYE)", "Personal Adviser":
		w.holds = true
		w.capacity = w.fte * (0.8 + 0.4*s.rng.r.Float64())
		w.agency = title != "Personal Adviser" && title != "Newly Qualified Social Worker (ASYE)" && s.rng.chance(0.24)
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
	return pick(s.rng, []weighted[string]{{62, "Social Worker"}, {23, "Senior Social Worker"}, {15, "Newly Qualified Social Worker (ASYE)"}})
}
