package synthetic

import "math"

// source is where a contact came from, as the children in need census codes it.
type source struct{ code, words string }

func (s *simulation) source() source {
	return pick(s.rng, []weighted[source]{
		{4, source{"1A", "Individual - Family member / relative / carer"}},
		{2, source{"1B", "Individual - Acquaintance"}},
		{1, source{"1C", "Individual - Self"}},
		{1, source{"1D", "Individual - Other"}},
		{15, source{"2A", "Schools"}},
		{2, source{"2B", "Education services"}},
		{2, source{"3A", "Health services - GP"}},
		{3, source{"3B", "Health services - Health visitor"}},
		{1, source{"3C", "Health services - School nurse"}},
		{6, source{"3D", "Health services - Other primary health"}},
		{4, source{"3E", "Health services - A&E"}},
		{2, source{"3F", "Health services - Other"}},
		{2, source{"4", "Housing"}},
		{7, source{"5A", "LA services - Social care"}},
		{4, source{"5B", "LA services - Other internal"}},
		{4, source{"5C", "LA services - External"}},
		{29, source{"6", "Police"}},
		{4, source{"7", "Other legal agency"}},
		{4, source{"8", "Other"}},
		{2, source{"9", "Anonymous"}},
		{1, source{"10", "Unknown"}},
	})
}

func contactFlags() []string {
	return []string{
		"NEW_REFERRAL_FLAG", "EXISTING_REFERRAL_FLAG", "CP_ENQUIRY_FLAG", "NFA_FLAG", "NON_AGENCY_ADOPTION_FLAG",
		"PRIVATE_FOSTERING_FLAG", "ADVICE_FLAG", "MISSING_FLAG", "OLA_CP_FLAG", "OTHER_OUTCOMES_EXIST_FLAG",
	}
}

// frontDoorWeek takes in a week's contacts, refers some families and hands
// others to early help.
func (s *simulation) frontDoorWeek() {
	busy := s.season(s.today) * s.level("inNeed", s.today)
	perWeek := func(aYear int) float64 { return float64(aYear) / 52.18 * busy * 1.03 }

	s.referralsDue += perWeek(s.Referrals) * math.Max(0.5, s.rng.normal(1, 0.08))
	referred := 0
	for s.referralsDue >= 1 {
		d := s.weekday(s.today)
		children := s.refer(s.familyToRefer(d), d)
		s.referralsDue -= float64(children)
		referred += children
	}
	for range s.rng.roundRandomly(perWeek(s.Contacts)) - referred {
		s.contactWithoutReferral(s.weekday(s.today))
	}
	for range s.rng.roundRandomly(float64(s.EarlyHelp) / 52.18 * s.season(s.today) * s.level("earlyHelp", s.today) / 1.7) {
		s.startEarlyHelp(s.weekday(s.today))
	}
	s.missingFromHome()
}

// familyToRefer finds a closed family that was referred within the last year, one of
// longer ago, or makes a new one.
func (s *simulation) familyToRefer(d day) *family {
	recent := s.ReReferred * 1.06
	draw := s.rng.r.Float64()
	for range 60 {
		if len(s.closedFamilies) == 0 || draw > recent+0.13 {
			break
		}
		i := s.rng.r.IntN(len(s.closedFamilies))
		f := s.closedFamilies[i]
		fresh := d-f.lastReferral <= 355
		if f.file != nil || fresh != (draw < recent) || d-f.lastReferral < 21 || !f.hasChild(d) {
			continue
		}
		s.closedFamilies[i] = s.closedFamilies[len(s.closedFamilies)-1]
		s.closedFamilies = s.closedFamilies[:len(s.closedFamilies)-1]
		f.listed = false
		return f
	}
	f := s.newFamily(d, s.familySize())
	if s.rng.chance(0.035) {
		unborn := s.newChild(f, d+s.rng.days(20, 190))
		unborn.due = unborn.dob
		s.countEdgeCase(kindUnborn)
	}
	return f
}

// hasChild reports whether someone in the family can still be referred.
func (f *family) hasChild(on day) bool {
	for _, c := range f.children {
		if c.under18(on+120) && c.episode == nil {
			return true
		}
	}
	return false
}

// contactWithoutReferral is the large rest: advice, passing on, news about an
// open case.
func (s *simulation) contactWithoutReferral(d day) {
	if d > s.asOf {
		return
	}
	kind := s.rng.r.Float64()
	switch {
	case kind < 0.22 && len(s.files) > 0:
		f := anyOf(s.rng, s.files)
		s.writeContact(anyOf(s.rng, f.family.children), d, s.source(), "EXISTING_REFERRAL_FLAG")
	case kind < 0.34 && len(s.closedFamilies) > 0:
		f := anyOf(s.rng, s.closedFamilies)
		s.writeContact(anyOf(s.rng, f.children), d, s.source(), "NFA_FLAG")
	case kind < 0.56 && len(s.contactOnly) > 0:
		s.writeContact(anyOf(s.rng, s.contactOnly), d, s.source(), s.smallOutcome())
	default:
		f := s.newFamily(d, pick(s.rng, []weighted[int]{{80, 1}, {20, 2}}))
		s.contactOnly = append(s.contactOnly, f.children...)
		s.writeContact(f.children[0], d, s.source(), s.smallOutcome())
	}
}

func (s *simulation) smallOutcome() string {
	return pick(s.rng, []weighted[string]{{62, "NFA_FLAG"}, {25, "ADVICE_FLAG"}, {10, "OTHER_OUTCOMES_EXIST_FLAG"}, {2, "MISSING_FLAG"}, {1, "PRIVATE_FOSTERING_FLAG"}})
}

func (s *simulation) writeContact(c *child, d day, from source, flag string) {
	if d < s.window || d > s.asOf {
		return
	}
	flags := outcomeJSON(contactFlags(), flag)
	if s.asOf-d < 3 && flag != "NEW_REFERRAL_FLAG" {
		flags = outcomeJSON(contactFlags())
	}
	s.out.write("ssd_contacts", s.key("contact"), c.key(), s.clock(d, 0.4), from.code, from.words, flags)
}

// clock gives a share of the stamps a time of day.
func (s *simulation) clock(d day, share float64) string {
	text := d.stamp()
	if d != never && s.rng.chance(share) {
		minutes := s.rng.between(8*60, 18*60)
		text = text[:11] + twoDigits(minutes/60) + ":" + twoDigits(minutes%60) + ":00"
	}
	return text
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
