package reference

import "fmt"

// exclusions of a pupil lie about the ends of windows; some did not stand.
func (g *generator) exclusions(id string) {
	for range g.IntN(3) {
		day := g.pastOr(span{})
		if g.rarely(3) {
			w := live(pick(g, schoolTerm, schoolYear, schoolToDate), pick(g, g.days...))
			day = pick(g, w.starts, w.ends).Plus(pick(g, -1, 0, 0, 1))
		}
		g.add("exclusion", map[string]string{
			"exclusion_id": g.newID(), "pupil_id": id, "urn": fmt.Sprint(101 + g.IntN(11)),
			"category": pick(g, "SUSP", "SUSP", "PERM", "PERM", "LNCH", "FIXD", "perm", "ZZ", ""), "start_date": g.day(day),
			"reason_1": pick(g, "DB", "db", "PP", "ZZ", ""), "reason_2": pick(g, "DB", "VA", "", ""), "reason_3": pick(g, "OW", "", "", ""),
			"review_outcome": pick(g, "", "", "upheld", "overturned", "reinstated", "cancelled"), "reinstated": pick(g, "", "", "false", "false", "true"),
		})
	}
}
