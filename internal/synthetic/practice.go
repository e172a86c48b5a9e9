package synthetic

import (
	"crypto/md5" // the sheet hides a person id so; it keeps nothing secret
	"encoding/hex"
)

// practiceMonth fills the sheets on how the work is done: supervision, audits,
// newly qualified recruits.
func (s *simulation) practiceMonth() {
	if s.today < s.window {
		return
	}
	for _, t := range s.teams {
		for _, w := range t.workers {
			if w.holds && s.today-w.hired > 20 {
				s.supervise(w)
			}
		}
	}
	for _, h := range s.allocations {
		if h.role == "CW" && h.children[0].plan != nil && s.rng.chance(0.5) {
			d := s.dayOfMonth()
			s.out.write("supervision_session", h.worker.key(), h.worker.team.key(), d.date(), "individual", h.children[0].key(), (d + s.rng.days(-12, 20)).date())
		}
	}
	for range s.rng.roundRandomly(float64(s.InNeed) / 60) {
		s.audit()
	}
	if m := s.today.time().Month(); m == 3 || m == 9 {
		applied := s.rng.between(int(s.SocialWorkers*0.35), int(s.SocialWorkers*0.5))
		s.out.write("asye_recruitment", s.today.time().Format("2006-01"), itoa(applied), itoa(applied/4), itoa(applied/6))
	}
}

func (s *simulation) dayOfMonth() day { return min(s.calendar.next(s.today+s.rng.days(0, 27)), s.asOf) }

// supervise writes a worker's session of the month, if it was held, with the
// day on which it was due.
func (s *simulation) supervise(w *worker) {
	tookPlace := s.rng.chance(1 - 0.09*w.team.slowness)
	if tookPlace {
		d := s.dayOfMonth()
		s.out.write("supervision_session", w.key(), w.team.key(), d.date(), "individual", "", (d + s.rng.days(-6, 9)).date())
	}
	if s.rng.chance(0.3) {
		d := s.dayOfMonth()
		s.out.write("supervision_session", w.key(), w.team.key(), d.date(), "group", "", d.date())
	}
}

func (s *simulation) audit() {
	if len(s.files) == 0 {
		return
	}
	file := anyOf(s.rng, s.files)
	if len(file.children) == 0 || file.allocation == nil {
		return
	}
	kind := pick(s.rng, []weighted[string]{{60, "full"}, {28, "dip_sample"}, {12, "thematic"}})
	better := 0.12 * (1 - float64(s.asOf-s.today)/float64(6*year))
	grade := pick(s.rng, []weighted[string]{{0.05 + better/4, "1"}, {0.46 + better, "2"}, {0.41 - better, "3"}, {0.07 - better/4, "4"}})
	if kind == "dip_sample" && s.rng.chance(0.4) {
		grade = ""
	}
	hidden := md5.Sum([]byte(file.children[0].key()))
	t := file.allocation.worker.team
	s.out.write("case_audit", s.key("audit"), hex.EncodeToString(hidden[:]), s.dayOfMonth().date(), kind, services()[t.kind], t.key(), grade, truth(s.rng.chance(0.3)))
}

// decide writes when the front door decided on a referral: one working day is
// the rule.
func (s *simulation) decide(file *caseFile, decision string) {
	after := pick(s.rng, []weighted[int]{{55, 0}, {38, 1}, {5, 2}, {2, s.rng.between(3, 6)}})
	for _, c := range file.children {
		if file.opened >= s.window {
			s.out.write("frontdoor_decision", itoa(c.episode.id), file.opened.stamp()[:11]+"09:00:00",
				s.calendar.plus(file.opened, after).stamp()[:11]+"16:30:00", decision)
		}
	}
}
