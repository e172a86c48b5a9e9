package reference

import (
	"fmt"
	"time"
)

// after16 gives the returns on young people of the months about the days looked at and of those that figures are published
// for. A council may have sent none of a month, and a young person may be missing, or there twice.
func (g *generator) after16() {
	months := map[Date]bool{}
	for _, day := range g.days {
		first := On(day.Year, day.Month, 1)
		for back := -1; back <= 4; back++ {
			months[first.PlusMonths(-back)] = true
			months[first.PlusMonths(-back-12)] = true
		}
		for _, month := range []time.Month{time.January, time.February, time.March, time.September, time.December} {
			months[On(day.Year, month, 1)] = true
			months[On(day.Year-1, month, 1)] = true
		}
	}
	seen := map[string]bool{}
	for month := On(2019, time.January, 1); month.Year < 2028; month = month.PlusMonths(1) {
		if !months[month] || g.rarely(5) {
			continue
		}
		offers := !g.rarely(4)
		for n := 1; n <= g.children/4+2; n++ {
			for again := !g.rarely(5); again; again = g.rarely(8) {
				g.youngPerson(n, month, offers, seen)
			}
		}
	}
}

func (g *generator) youngPerson(n int, month Date, offers bool, seen map[string]bool) {
	id := fmt.Sprint(n)
	if g.rarely(60) {
		id = pick(g, "0", "-1", "SSD_PH")
	}
	ends := month.PlusMonths(1).Plus(-1)
	on := pick(g, month, ends, ends, ends, ends.Plus(-1))
	began := pick(g, "", month.Plus(-g.IntN(400)).String())
	// Two rows of one day and one beginning are one row to the return.
	key := fmt.Sprint(id, on, began)
	if seen[key] {
		return
	}
	seen[key] = true
	offer := ""
	if offers {
		offer = pick(g, "offer", "Offered", "yes", "none", "No", "", "maybe")
	}
	g.add("yp_activity", map[string]string{
		"yp_id": id, "academic_age": pick(g, "16", "16", "17", "17", "15", "18", ""), "cohort_status": pick(g, "P", "P", "P", "p", "G", "T", "m", "Z", ""),
		"lead_la": pick(g, "872", "872", "872", "872", "873", "0", ""), "current_activity_start_date": began,
		"current_activity_code": pick(g, "110", "150", "210", "220", "230", "240", "260", "280", "310", "320", "330", "340", "381", "410", "530", "540", "550",
			"610", "619", "619", "640", "680", "710", "810", "810", "820", "830", "999", "-1", ""),
		"currency_date":             pick(g, "", "", ends.Plus(-1).String(), ends.String(), ends.Plus(90).String(), "1900-01-01", "9999-12-31"),
		"september_guarantee_offer": offer, "ehcp": pick(g, "true", "false", "false", ""),
		"characteristics": pick(g, "", "", "110", "160, 110", "120;180", "1100", "190 170", "130", "140", "150", "200"), "as_at_month": on.String(),
	})
}
