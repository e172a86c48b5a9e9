package reference

import "fmt"

// attends gives a pupil summaries that end about the ends of windows, or the marks of single sessions in a council that
// keeps no summaries.
func (g *generator) attends(id string) {
	for range g.IntN(6) {
		w := live(pick(g, schoolTerm, schoolYear, schoolToDate), pick(g, g.days...))
		ends := pick(g, w.starts, w.ends, w.ends.Plus(-g.IntN(60))).Plus(pick(g, -7, -1, 0, 0, 1, 2, 3))
		urn := fmt.Sprint(101 + g.IntN(11))
		if g.marksOnly {
			g.add("attendance_session", map[string]string{
				"pupil_id": id, "urn": urn, "session_date": ends.String(), "session": pick(g, "AM", "PM"),
				"code": pick(g, "/", "\\", "I", "i", "O", "N", "X", "Y3", "#", "D", "Q", "-", "", "C1"),
			})
			continue
		}
		g.add("attendance_summary", map[string]string{
			"pupil_id": id, "urn": urn, "period_start": ends.Plus(-4).String(), "period_end": ends.String(),
			"sessions_possible": pick(g, "10", "10", "8", "10", "0", "", "-1", "120"), "sessions_authorised": pick(g, "0", "0", "1", "5", "9", "", "-2"),
			"sessions_unauthorised": pick(g, "0", "0", "1", "4", "6", "12", ""),
		})
	}
}
