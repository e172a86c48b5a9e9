package synthetic

import "slices"

// Kinds of edge case that need several rows.
const (
	kindTwoPlans       = "two open plans for a child"
	kindRepeatReferral = "second referral on the same day"
	kindUnborn         = "unborn child"
	kindDeadOpen       = "dead child with an open case"
	kindForeignPlan    = "plan of another authority"
	kindTransferIn     = "conference transferred in"
	kindAdultOpen      = "adult with an open care episode"
	kindMissingPerson  = "child without a person row"
	kindStaleEarlyHelp = "early help never closed"
)

func (s *simulation) countEdgeCase(kind string) { s.out.faultCounts[kind]++ }

// edgeCases is how many times a kind of edge case occurs: at least once.
func (s *simulation) edgeCases(share float64) int { return max(1, s.rng.roundRandomly(share)) }

// writeEdgeCases adds the cases that make a real extract hard to read. It runs
// on the last day, before the open rows are written.
func (s *simulation) writeEdgeCases() {
	s.secondPlans()
	s.foreignPlans()
	s.repeatReferrals()
	s.deadChildren()
	s.adultsInCare()
	s.missingPersons()
}

func (s *simulation) secondPlans() {
	for range s.edgeCases(float64(s.Protected) * 0.006) {
		if len(s.groups) == 0 {
			return
		}
		g := anyOf(s.rng, s.groups)
		p := g.plans[slices.IndexFunc(g.plans, func(p *plan) bool { return p.ended == never })]
		later := min(s.calendar.next(g.starts+s.rng.days(20, 60)), s.calendar.next(s.asOf-2))
		s.out.write("ssd_cp_plans", s.key("plan"), itoa(p.referral), "", p.child.key(), later.stamp(), "", "N", p.category, p.category)
		s.countEdgeCase(kindTwoPlans)
	}
}

// foreignPlans are children of other councils who live here for a while.
func (s *simulation) foreignPlans() {
	for range s.edgeCases(float64(s.Protected) * 0.03) {
		f := s.newFamily(s.asOf-200, 1)
		began := s.calendar.next(s.asOf - s.rng.days(20, 400))
		ended := never
		if s.rng.chance(0.4) {
			ended = min(began+s.rng.days(20, 150), s.asOf-1)
		}
		category := s.category()
		s.out.write("ssd_cp_plans", s.key("plan"), "", "", f.children[0].key(), began.stamp(), ended.stamp(), "Y", category, category)
		s.countEdgeCase(kindForeignPlan)
	}
}

func (s *simulation) repeatReferrals() {
	for range s.edgeCases(float64(s.Referrals) * 0.004) {
		if len(s.files) == 0 {
			return
		}
		file := anyOf(s.rng, s.files)
		if len(file.children) == 0 {
			continue
		}
		twin := *file.children[0].episode
		twin.id = s.number("referral")
		s.writeReferral(&twin, min(twin.opened+2, s.asOf), "RC8")
		s.countEdgeCase(kindRepeatReferral)
	}
}

// deadChildren died while their rows stayed open.
func (s *simulation) deadChildren() {
	for range s.edgeCases(float64(s.InNeed) * 0.0008) {
		if file := anyOf(s.rng, s.files); len(file.children) > 0 {
			file.children[0].death = s.asOf - s.rng.days(5, 90)
			s.countEdgeCase(kindDeadOpen)
		}
	}
}

// adultsInCare turned 18 and nobody closed the episode.
func (s *simulation) adultsInCare() {
	for range s.edgeCases(float64(s.LookedAfter) * 0.004) {
		f := s.newFamily(s.asOf, 0)
		c := s.newChild(f, s.asOf-18*year-s.rng.days(30, 300))
		entered := s.calendar.next(c.birthday(16) + s.rng.days(0, 200))
		s.writeCare(&carePeriod{id: s.number("care"), child: c, entered: entered, ceased: never, legal: "V2"})
		s.countEdgeCase(kindAdultOpen)
	}
}

// missingPersons have visits and a contact but no row among the persons.
func (s *simulation) missingPersons() {
	for range s.edgeCases(float64(s.Referrals) * 0.002) {
		ghost := &child{id: s.number("person"), family: &family{}, dob: s.asOf - 8*year, due: never, death: never}
		d := s.calendar.next(s.asOf - s.rng.days(20, 900))
		s.writeContact(ghost, d, s.source(), "NFA_FLAG")
		s.writeVisit(ghost, s.key("visit"), d+3, true)
		s.countEdgeCase(kindMissingPerson)
	}
}
