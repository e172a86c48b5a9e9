package synthetic

// placement is where a child in care lives for a while.
type placement struct {
	id       int
	kind     string
	from, to day // to is never while it lasts
	provider string
	reason   string // of its end
	same     bool   // same carer as the one before
}

// legal is a legal status over a span.
type legal struct {
	code     string
	from, to day
}

// writeCare writes a whole period: placements, legal statuses, the episodes cut
// from both, visits, reviews and times missing.
func (s *simulation) writeCare(p *carePeriod) {
	if !s.within(p.ceased) || p.ceased != never && p.ceased <= p.entered {
		return
	}
	statuses := s.legalStatuses(p)
	for _, l := range statuses {
		if s.within(l.to) {
			s.out.write("ssd_legal_status", s.key("legal"), p.child.key(), s.legalText(l.code), l.from.stamp(), l.to.stamp())
		}
	}
	placements := s.placements(p, statuses)
	for _, x := range placements {
		s.writePlacement(p, x)
	}
	reviews := s.careReviews(p)
	s.writeEpisodes(p, statuses, placements, reviews)
	if p.short {
		return
	}
	s.writeCareVisits(p, placements)
	s.writeMissing(p)
	s.writeHealth(p)
}

func (s *simulation) legalText(code string) string {
	long := map[string]string{"C1": "C1 - Interim care order", "C2": "C2 - Full care order", "V2": "V2 - Section 20 accommodation"}[code]
	if long != "" && s.rng.chance(0.02) {
		return long
	}
	return code
}

func (s *simulation) legalStatuses(p *carePeriod) []legal {
	end := p.ceased
	list := []legal{{p.legal, p.entered, end}}
	change := func(code string, on day) {
		if on <= list[len(list)-1].from || on >= p.until(s.asOf) {
			return
		}
		list[len(list)-1].to = on
		list = append(list, legal{code, on, end})
	}
	switch p.legal {
	case "V2":
		if !p.child.alone && s.rng.chance(0.35) {
			change("C1", s.calendar.next(p.entered+s.rng.days(60, 300)))
		}
	case "L1":
		change("C1", p.entered+s.rng.days(3, 8))
	case "J1":
		change("V2", s.calendar.next(p.entered+s.rng.days(40, 120)))
	}
	if list[len(list)-1].code == "C1" && s.rng.chance(0.85) {
		change("C2", s.calendar.next(list[len(list)-1].from+s.rng.days(180, 420)))
		if p.reason == "E11" || p.reason == "E12" || p.child.age(p.entered) < 3 && s.rng.chance(0.4) {
			change(pick(s.rng, []weighted[string]{{97, "E1"}, {3, "D1"}}), s.calendar.next(list[len(list)-1].from+s.rng.days(10, 120)))
		}
	}
	return list
}

func (p *carePeriod) until(asOf day) day {
	if p.ceased == never {
		return asOf
	}
	return p.ceased
}

// placements moves the child as children are moved: often early, seldom later.
func (s *simulation) placements(p *carePeriod, _ []legal) []placement {
	list := []placement{}
	until := p.until(s.asOf)
	at := p.entered
	for len(list) == 0 || at < until && len(list) < 25 {
		x := placement{id: s.number("placement"), from: at, to: p.ceased, kind: s.placementKind(p, at, len(list))}
		x.provider = s.provider(x.kind)
		lasts := s.placementLength(p, x.kind, len(list))
		if next := s.calendar.next(at + lasts); next < until {
			x.to = next
			x.reason = pick(s.rng, []weighted[string]{
				{40, "CARPL"}, {6, "CLOSE"}, {4, "ALLEG"}, {4, "STAND"}, {15, "CREQB"}, {8, "CREQO"}, {7, "CHILD"}, {8, "LAREQ"}, {4, "PLACE"}, {1, "CUSTOD"}, {3, "OTHER"},
			})
		}
		if n := len(list); n > 0 && list[n-1].reason == "PLACE" {
			x.same, x.kind = true, list[n-1].kind
		}
		list = append(list, x)
		if x.to == p.ceased {
			break
		}
		at = x.to
	}
	return list
}

func (s *simulation) placementLength(p *carePeriod, kind string, nth int) day {
	if p.short {
		return 4000
	}
	switch kind {
	case "T0", "T1", "T3", "T4":
		return s.rng.days(2, 9)
	case "U1", "U4", "A5", "A6", "A3":
		return 300 + s.rng.exponential(2200)
	}
	if nth == 0 {
		return 5 + s.rng.exponential(270)
	}
	return 20 + s.rng.exponential(430)
}

func (s *simulation) placementKind(p *carePeriod, on day, nth int) string {
	age := p.child.age(on)
	switch {
	case p.short:
		return pick(s.rng, []weighted[string]{{5, "K2"}, {4, "U6"}, {1, "S1"}})
	case p.child.alone:
		return pick(s.rng, []weighted[string]{{45, "H5"}, {40, "U6"}, {10, "K2"}, {5, "P2"}})
	case nth > 0 && s.rng.chance(0.04):
		return pick(s.rng, []weighted[string]{{1, "T0"}, {2, "T1"}, {1, "T3"}, {1, "T4"}})
	case age < 4 && nth > 0 && (p.reason == "E11" || p.reason == "E12"):
		return pick(s.rng, []weighted[string]{{7, "A6"}, {3, "A5"}, {1, "A3"}})
	case age < 10:
		return pick(s.rng, []weighted[string]{{45, "U6"}, {17, "U3"}, {12, "U4"}, {9, "U1"}, {3, "U5"}, {8, "P1"}, {3, "R3"}, {3, "K2"}})
	case age < 16:
		return pick(s.rng, []weighted[string]{{36, "U6"}, {11, "U3"}, {15, "U4"}, {7, "U1"}, {19, "K2"}, {6, "P1"}, {2, "S1"}, {1, "K1"}, {2, "Z1"}, {1, "R2"}})
	}
	return pick(s.rng, []weighted[string]{{26, "U6"}, {6, "U3"}, {12, "U4"}, {4, "U1"}, {20, "K2"}, {22, "H5"}, {4, "P2"}, {3, "P1"}, {1, "K1"}, {1, "R5"}, {1, "Z1"}})
}

func (s *simulation) provider(kind string) string {
	switch kind[0] {
	case 'P':
		return "PR0"
	case 'T', 'Z':
		return ""
	case 'K', 'H':
		return pick(s.rng, []weighted[string]{{15, "PR1"}, {2, "PR2"}, {78, "PR4"}, {5, "PR5"}})
	}
	return pick(s.rng, []weighted[string]{{55, "PR1"}, {2, "PR2"}, {1, "PR3"}, {38, "PR4"}, {4, "PR5"}})
}

func (s *simulation) writePlacement(p *carePeriod, x placement) {
	if !s.within(x.to) {
		return
	}
	distance := "999.9"
	switch far := s.rng.r.Float64(); {
	case p.child.alone && far < 0.8, far < 0.02:
	case x.kind == "P1":
		distance = "0.0"
	case far < 0.8:
		distance = decimal(0.3 + s.rng.r.ExpFloat64()*6)
	default:
		distance = decimal(20.5 + s.rng.r.ExpFloat64()*35)
	}
	urn := ""
	if x.kind[0] == 'K' || x.kind[0] == 'U' {
		urn = "SC" + itoa(s.rng.between(10000, 69999))
	}
	postcode := s.postcode()
	if s.rng.chance(0.25) {
		postcode = "YY" + postcode[2:]
	}
	s.lookUp(postcode)
	s.out.write("ssd_cla_placement", itoa(x.id), itoa(p.id), p.child.key(), x.from.stamp(), x.kind, urn, distance,
		x.provider, postcode, x.to.stamp(), x.reason)
}
