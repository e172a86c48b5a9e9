package synthetic

import "strings"

// writeHouseholds adds families, homes and young mothers for the children with
// a case; the extract leaves out those of a contact only.
func (s *simulation) writeHouseholds() {
	for _, c := range s.people {
		if c.episode == nil && len(c.spells) == 0 {
			continue
		}
		s.out.write("ssd_family", s.key("householdRow"), itoa(c.family.id), c.key())
		home := strings.ReplaceAll(c.family.postcode, " ", "")
		since := max(c.dob, s.window-4*year)
		if s.rng.chance(0.2) {
			moved := s.window + s.rng.days(0, s.asOf-s.window-1)
			s.out.write("ssd_address", s.key("address"), c.key(), "Home", since.stamp(), moved.stamp(), strings.ReplaceAll(s.postcode(), " ", ""), "{}")
			since = moved
		}
		s.out.write("ssd_address", s.key("address"), c.key(), "Home", since.stamp(), "", home, "{}")
		s.out.write("ssd_send", s.key("sendRow"), "", "", "", c.key())
		if c.sex == "F" && c.age(s.asOf) >= 16 && s.rng.chance(0.02) {
			c.isMother = true
			baby := s.asOf - s.rng.days(20, 700)
			s.out.write("ssd_mother", s.key("mother"), c.key(), s.key("person"), baby.stamp())
		}
	}
}
