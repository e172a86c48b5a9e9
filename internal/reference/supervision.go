package reference

// supervisedWorker is somebody who holds an open case, and the individual supervision that is due.
type supervisedWorker struct {
	team        string
	firstCase   Date // of the cases held on the day, the one held longest
	supervised  Date // the latest individual session up to the day
	day, nextBy Date
}

// supervisedWorkers are the workers with open cases. The clock begins with the case held longest and again with every
// session.
func (ref *Implementation) supervisedWorkers(day Date) []supervisedWorker {
	var all []supervisedWorker
	for _, w := range ref.workers(day) {
		s := supervisedWorker{day: day, team: w.team, supervised: ref.lastSupervised(w.key, day)}
		for _, c := range w.cases {
			if !s.firstCase.Known() || c.since.Before(s.firstCase) {
				s.firstCase = c.since
			}
		}
		begun := s.firstCase
		if s.supervised.After(begun) {
			begun = s.supervised
		}
		s.nextBy = begun.Plus(ref.limits.Supervision)
		all = append(all, s)
	}
	return all
}

// lastSupervised is the day of a worker's latest individual session up to a day. The sheet names workers by the number of
// the case system or by that of the staff list.
func (ref *Implementation) lastSupervised(key string, day Date) (last Date) {
	for _, row := range ref.tables["supervision_session"] {
		held, kind := row.date("session_date"), row.text("kind")
		if !held.Known() || held.After(day) || kind != "" && supervisionKind(kind) != "individual" {
			continue
		}
		if ref.namesWorker(row.id("worker_id"), key) && (!last.Known() || held.After(last)) {
			last = held
		}
	}
	return last
}

// namesWorker is true where a sheet's number is one of the two numbers of a worker in the list of professionals.
func (ref *Implementation) namesWorker(written, key string) bool {
	for _, row := range ref.tables["ssd_professionals"] {
		if written != "" && row.id("prof_professional_id") == key && (written == key || written == row.id("prof_staff_id")) {
			return true
		}
	}
	return false
}

func supervisionKind(text string) string {
	return coded(text, []word{
		{"individual", "individual"}, {"1:1", "individual"}, {"one to one", "individual"}, {"case", "individual"},
		{"systemic", "group"}, {"team", "group"},
	})
}

func (ref *Implementation) supervisions(p page, day Date) {
	all := ref.supervisedWorkers(day)
	byTeam := by("team", func(s supervisedWorker) string { return s.team })
	due := func(s supervisedWorker) bool { return s.firstCase.Days(day) >= ref.limits.Supervision }
	onTime := func(s supervisedWorker) bool {
		return s.supervised.Known() && s.supervised.Days(day) <= ref.limits.Supervision
	}
	ratio(p, "childrens_supervision_on_time_ratio", all, due, onTime, byTeam)
	names := []string{"overdue", "today", "next_7"}
	when := func(s supervisedWorker) string {
		switch ahead := day.Days(s.nextBy); {
		case ahead < 0:
			return "overdue"
		case ahead == 0:
			return "today"
		case ahead <= ref.limits.SupervisionDueSoon:
			return "next_7"
		}
		return ""
	}
	bandsBy(p, "childrens_supervision_due", "due", all, names, when, byTeam)
}
