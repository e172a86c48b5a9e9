package synthetic

// writeMissing adds the times a child in care was missing or away. One in nine
// goes missing in a year, and a few of them again and again.
func (s *simulation) writeMissing(p *carePeriod) {
	for from := max(p.entered, s.window); from < p.until(s.asOf); from += year {
		to := min(from+year, p.until(s.asOf))
		age := p.child.age(from)
		chance := map[bool]float64{true: 0.24, false: 0.012}[age >= 12] * float64(to-from) / float64(year)
		if !s.rng.chance(chance) {
			continue
		}
		times := pick(s.rng, []weighted[int]{{38, 1}, {20, 2}, {17, 4}, {12, 9}, {8, 18}, {5, 40}})
		for range times {
			s.wentMissing(p.child, from+s.rng.days(0, max(to-from-1, 0)), "")
		}
	}
}

func (s *simulation) wentMissing(c *child, d day, kind string) {
	if d > s.asOf || d < s.window {
		return
	}
	if kind == "" {
		kind = pick(s.rng, []weighted[string]{{78, "Missing"}, {22, "Away"}})
	}
	minute := s.rng.between(12*60, 23*60)
	hours := 2 + int(s.rng.r.ExpFloat64()*14)
	back := d + day((minute/60+hours)/24)
	returned := ""
	if back <= s.asOf && !s.rng.chance(0.004) {
		returned = back.stamp()[:11] + twoDigits((minute/60+hours)%24) + ":" + twoDigits(s.rng.between(0, 59)) + ":00"
	}
	offered, accepted := "", ""
	if returned != "" {
		offered = pick(s.rng, []weighted[string]{{88, "Y"}, {6, "N"}, {3, "NA"}, {3, ""}})
		accepted = map[string]string{"N": "N", "NA": "NA", "": ""}[offered]
		if offered == "Y" {
			accepted = pick(s.rng, []weighted[string]{{70, "Y"}, {28, "N"}, {2, ""}})
		}
	}
	id := s.key("missing")
	s.out.write("ssd_missing", id, c.key(), d.stamp()[:11]+twoDigits(minute/60)+":"+twoDigits(minute%60)+":00", kind, returned, offered, accepted)
	s.returnInterview(id, back, returned, offered, accepted)
}

// missingFromHome is a week of children who went missing from their families.
// The case system holds them only while a case is open.
func (s *simulation) missingFromHome() {
	for range s.rng.roundRandomly(float64(s.LookedAfter) * 0.5 / 52) {
		if len(s.files) == 0 {
			return
		}
		file := anyOf(s.rng, s.files)
		for _, c := range file.children {
			if c.age(s.today) >= 11 && c.under18(s.today+60) {
				for range s.rng.between(1, 3) {
					s.wentMissing(c, s.today+s.rng.days(0, 40), "Missing")
				}
				break
			}
		}
	}
}
