package synthetic

// assessment is the single assessment of a family; one row a child.
type assessment struct {
	file     *caseFile
	ids      []int
	refs     []int
	children []*child
	started  day
	due      day // when it will be authorised
	done     bool
}

func assessmentFlags() []string {
	return []string{
		"NFA_FLAG", "NFA_S47_END_FLAG", "STRATEGY_DISCUSSION_FLAG", "CLA_REQUEST_FLAG", "PRIVATE_FOSTERING_FLAG",
		"LEGAL_ACTION_FLAG", "PROV_OF_SERVICES_FLAG", "PROV_OF_SB_CARE_FLAG", "SPECIALIST_ASSESSMENT_FLAG",
		"REFERRAL_TO_OTHER_AGENCY_FLAG", "OTHER_ACTIONS_FLAG", "OTHER_OUTCOMES_EXIST_FLAG",
	}
}

func (s *simulation) startAssessment(file *caseFile, d day) {
	a := &assessment{file: file, started: d, due: s.calendar.plus(d, s.assessmentLength(file))}
	for _, c := range file.children {
		a.ids = append(a.ids, s.number("assessment"))
		a.refs = append(a.refs, c.episode.id)
		a.children = append(a.children, c)
	}
	file.assessed = a
	s.assessments = append(s.assessments, a)
	s.at(a.due, func() { s.endAssessment(file, a) })
}

// assessmentLength is in working days. Most lie just before the limit, as in real
// councils; a slow team has more beyond it.
func (s *simulation) assessmentLength(file *caseFile) int {
	late := 0.93 * (1 - s.AssessedOnTime)
	if file.allocation != nil {
		late *= file.allocation.worker.team.slowness
	}
	if s.rng.chance(late) {
		band := pick(s.rng, []weighted[[2]int]{{5.8, [2]int{46, 50}}, {4.3, [2]int{51, 60}}, {4.2, [2]int{61, 95}}})
		return s.rng.between(band[0], band[1])
	}
	band := pick(s.rng, []weighted[[2]int]{
		{1.8, [2]int{0, 0}}, {11.7, [2]int{1, 10}}, {17.3, [2]int{11, 20}}, {15.8, [2]int{21, 30}}, {20.2, [2]int{31, 40}}, {18.9, [2]int{41, 45}},
	})
	return s.rng.between(band[0], band[1])
}

// endAssessment authorises it and, for a new case, decides what comes next.
func (s *simulation) endAssessment(file *caseFile, a *assessment) {
	if a.done {
		return
	}
	if file.family.file != file {
		s.finishAssessment(file, a, "CLA_REQUEST_FLAG")
		return
	}
	first := file.stage == stageAssessment && !file.conference
	tight := 0.0
	if s.inNeed < s.target("inNeed", s.today) {
		tight = 0.12
	}
	chance := s.rng.r.Float64()
	switch {
	case !first:
		s.finishAssessment(file, a, "PROV_OF_SERVICES_FLAG")
	case chance < 0.325-tight:
		s.finishAssessment(file, a, "NFA_FLAG")
		s.at(s.today+s.rng.days(0, 6), func() { s.closeUnlessPlanned(file, "RC8") })
	case chance < 0.42-tight:
		s.finishAssessment(file, a, "REFERRAL_TO_OTHER_AGENCY_FLAG")
		s.at(s.today+s.rng.days(0, 8), func() { s.closeUnlessPlanned(file, "RC9") })
	default:
		s.finishAssessment(file, a, "PROV_OF_SERVICES_FLAG")
		s.at(s.calendar.plus(s.today, s.rng.between(0, 5)), func() { s.startNeedPlan(file) })
	}
}

func (s *simulation) closeUnlessPlanned(file *caseFile, reason string) {
	if file.stage == stageAssessment && !file.conference {
		s.closeFile(file, s.calendar.next(s.today), reason)
	}
}

func (s *simulation) finishAssessment(file *caseFile, a *assessment, flag string) {
	file.assessed = nil
	a.done = true
	s.writeAssessment(file, a, min(a.due, max(s.today, a.started)), flag)
}

func (s *simulation) writeAssessment(file *caseFile, a *assessment, authorised day, flag string) {
	if !s.within(authorised) || a.started > s.asOf {
		return
	}
	team, worker := s.dutyTeam(), s.dutyWorker()
	if file.allocation != nil {
		team, worker = file.allocation.worker.team, file.allocation.worker
	}
	for i, c := range a.children {
		seen, noAction, flags := yesNo(s.rng.chance(0.965)), yesNo(flag == "NFA_FLAG"), outcomeJSON(assessmentFlags(), flag)
		if c.due != never && c.due > s.today {
			seen = ""
		}
		if authorised == never {
			seen, noAction, flags = pick(s.rng, []weighted[string]{{1, ""}, {1, seen}}), "", outcomeJSON(assessmentFlags())
		}
		s.out.write("ssd_cin_assessments",
			itoa(a.ids[i]), c.key(), itoa(a.refs[i]), a.started.stamp(), seen, authorised.stamp(), flags, noAction, team.key(), worker.key())
		if authorised != never {
			s.writeFactors(a.ids[i], flag)
		}
	}
}
