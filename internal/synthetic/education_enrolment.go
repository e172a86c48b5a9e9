package synthetic

import (
	"slices"
	"strconv"
)

// stint is a time at one school.
type stint struct {
	school   *school
	from, to day
}

// stints follows a pupil from entry to leaving, around the times at home.
func (e *schooling) stints(p *pupil) []stint {
	from := civil(p.birthYear+5, 9, 2)
	if p.nursery {
		from = civil(p.birthYear+4, 9, 2)
	}
	last := 11
	if p.sixth {
		last = 13
	}
	to := civil(p.birthYear+5+last+1, 7, 20)
	from = max(from, p.arrived)
	if p.departed != never {
		to = min(to, p.departed)
	}
	cuts := []day{from, civil(p.birthYear+12, 9, 2)}
	for _, d := range []day{p.moved, p.specialFrom} {
		if d != never {
			cuts = append(cuts, d)
		}
	}
	for _, a := range p.away {
		cuts = append(cuts, a.starts)
		if a.ends != never {
			cuts = append(cuts, a.ends)
		}
	}
	slices.Sort(cuts)
	list := []stint{}
	for i, start := range cuts {
		end := to
		if i+1 < len(cuts) {
			end = min(to, cuts[i+1])
		}
		if start < from || start >= end || p.absent(start) {
			continue
		}
		where := e.schoolAt(p, start)
		if n := len(list); n > 0 && list[n-1].school == where && list[n-1].to == start {
			list[n-1].to = end
			continue
		}
		list = append(list, stint{where, start, end})
	}
	return list
}

func (e *schooling) schoolAt(p *pupil, on day) *school {
	if p.special != nil && p.specialFrom <= on {
		return p.special
	}
	secondary := p.ncYear(on) >= 7
	if p.moved != never && p.moved <= on && secondary == (p.ncYear(p.moved) >= 7) {
		if p.second == nil {
			p.second = e.schoolOf(map[bool]string{true: "secondary", false: "primary"}[secondary])
		}
		return p.second
	}
	if secondary {
		return p.upper
	}
	return p.lower
}

func (e *schooling) writeEnrolments(p *pupil, list []stint) {
	provision, first, second := "N", "", ""
	if p.support {
		provision = "K"
	}
	if p.plan != nil && p.plan.running(e.asOf) {
		provision = "E"
	}
	if provision != "N" && len(p.needs) > 0 {
		first = p.needs[0]
		if len(p.needs) > 1 {
			second = p.needs[1]
		}
	}
	for _, st := range list {
		leaving := st.to
		if t := leaving.time(); t.Month() == 9 && t.Day() == 2 {
			leaving -= 43 // the last day before the summer
		}
		if st.from > e.asOf || leaving < e.window || leaving <= st.from {
			continue
		}
		on := min(leaving, e.asOf)
		if leaving > e.asOf {
			leaving = never
			st.school.roll++
		}
		status := "C"
		dual := leaving == never && e.rng.chance(0.004)
		if dual {
			status = "M"
		}
		e.out.write("pupil_enrolment", itoa(e.number("enrolment", 800000)), itoa(p.id), itoa(st.school.urn), status, st.from.date(), leaving.date(),
			ncText(p.ncYear(on)), provision, first, second, truth(leaving == never && e.rng.chance(0.004)), "", "")
		if dual {
			secondSchool := e.schoolOf("ap", "special")
			e.out.write("pupil_enrolment", itoa(e.number("enrolment", 800000)), itoa(p.id), itoa(secondSchool.urn), "S", (e.asOf - e.rng.days(10, 200)).date(), "",
				ncText(p.ncYear(on)), provision, first, second, "true", "", "")
		}
	}
}

func ncText(nc int) string {
	switch {
	case nc < -1:
		return "N1"
	case nc == -1:
		return "N2"
	case nc == 0:
		return "R"
	case nc > 14:
		return "X"
	}
	return strconv.Itoa(nc)
}
