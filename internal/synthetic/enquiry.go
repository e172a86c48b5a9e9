package synthetic

func enquiryFlags() []string {
	return []string{
		"NFA_FLAG", "LEGAL_ACTION_FLAG", "PROV_OF_SERVICES_FLAG", "PROV_OF_SB_CARE_FLAG", "CP_CONFERENCE_FLAG",
		"NFA_CONTINUE_SINGLE_FLAG", "MONITOR_FLAG", "OTHER_OUTCOMES_EXIST_FLAG",
	}
}

func conferenceFlags() []string {
	return []string{
		"NFA_FLAG", "REFERRAL_TO_OTHER_AGENCY_FLAG", "SINGLE_ASSESSMENT_FLAG", "PROV_OF_SERVICES_FLAG", "CP_FLAG",
		"OTHER_OUTCOMES_EXIST_FLAG",
	}
}

// protectionWeek starts the section 47 enquiries of a week: those that lead to
// a conference, as many as keep plans at their level, and the greater rest.
func (s *simulation) protectionWeek() {
	ahead := s.today + 4*week
	open := 0.0
	for _, g := range s.groups {
		if g.ends > ahead {
			open += float64(g.open())
		}
	}
	missing := float64(s.target("protected", ahead)) - open - 0.86*float64(s.conferences)
	usual := float64(s.Protected) * 1.3 / 52
	for tries := 0; missing > 0.7 && tries < 60; tries++ {
		file := s.fileForEnquiry()
		if file == nil || 0.86*float64(len(file.children)) > missing+1 {
			break // too many at once for a small council
		}
		missing -= 0.86 * float64(len(file.children))
		s.startEnquiry(file, s.weekday(s.today), true)
	}
	others := float64(s.Referrals)*0.364/52.18*s.season(s.today) - usual
	for enquiries := s.rng.roundRandomly(others / 1.9); enquiries > 0; enquiries-- {
		if file := s.fileForEnquiry(); file != nil {
			s.startEnquiry(file, s.weekday(s.today), false)
		}
	}
}

// fileForEnquiry prefers new cases, and families that had a plan before as
// often as the council's share of repeat plans asks.
func (s *simulation) fileForEnquiry() *caseFile {
	again := float64(s.planRepeats) < 1.12*s.RepeatPlans*float64(s.planStarts)
	var best *caseFile
	for range 150 {
		if len(s.files) == 0 {
			return nil
		}
		file := anyOf(s.rng, s.files)
		if file.closing || file.conference || file.stage == stageProtected || file.opened > s.today || !file.protectable(s.today) {
			continue
		}
		if file.stage == stageInNeed && !file.family.planned && s.rng.chance(0.6) {
			continue
		}
		best = file
		if file.family.planned == again {
			return file
		}
	}
	return best
}

func (f *caseFile) protectable(on day) bool {
	for _, c := range f.children {
		if !c.under18(on+90) || c.alone {
			return false
		}
	}
	return len(f.children) > 0
}

// startEnquiry holds a strategy discussion about a family and, if it comes to that,
// sets the day of the conference.
func (s *simulation) startEnquiry(file *caseFile, d day, conference bool) {
	if d > s.asOf {
		return
	}
	conferenceDay := never
	finished := s.calendar.plus(d, s.rng.between(3, 14))
	flag := pick(s.rng, []weighted[string]{{45, "NFA_CONTINUE_SINGLE_FLAG"}, {25, "NFA_FLAG"}, {22, "PROV_OF_SERVICES_FLAG"}, {5, "MONITOR_FLAG"}, {3, "LEGAL_ACTION_FLAG"}})
	if conference {
		conferenceDay = s.calendar.plus(d, s.daysToConference())
		finished = min(finished, conferenceDay)
		flag = "CP_CONFERENCE_FLAG"
		file.conference = true
		s.conferences += len(file.children)
	}
	ids := map[*child]int{}
	team, worker := s.dutyTeam(), s.dutyWorker()
	if file.allocation != nil {
		team, worker = file.allocation.worker.team, file.allocation.worker
	}
	for _, c := range file.children {
		ids[c] = s.number("enquiry")
		flags, noAction := outcomeJSON(enquiryFlags(), flag), yesNo(flag == "NFA_FLAG")
		if finished > s.asOf {
			flags, noAction = outcomeJSON(enquiryFlags()), ""
		}
		if s.within(s.untilLastDay(finished)) {
			s.out.write("ssd_s47_enquiry", itoa(ids[c]), itoa(c.episode.id), c.key(), d.stamp(),
				s.untilLastDay(finished).stamp(), noAction, flags, team.key(), worker.staff())
		}
	}
	if conference {
		expected := len(file.children)
		s.at(conferenceDay, func() {
			s.conferences -= expected
			s.holdConference(file, ids, d)
		})
	}
}

// daysToConference is in working days.
func (s *simulation) daysToConference() int {
	if s.rng.chance(s.ConferenceOnTime) {
		band := pick(s.rng, []weighted[[2]int]{{8.7, [2]int{5, 10}}, {72.7, [2]int{11, 15}}})
		return s.rng.between(band[0], band[1])
	}
	band := pick(s.rng, []weighted[[2]int]{{8.9, [2]int{16, 20}}, {9.7, [2]int{21, 38}}})
	return s.rng.between(band[0], band[1])
}

// holdConference holds the initial conference. Siblings share its outcome, mostly.
func (s *simulation) holdConference(file *caseFile, enquiries map[*child]int, discussed day) {
	file.conference = false
	if file.family.file != file || len(file.children) == 0 {
		return
	}
	agreed := s.rng.chance(0.87)
	meeting := s.key("meeting")
	transfer := s.rng.chance(0.03)
	onPlan := []*child{}
	for _, c := range file.children {
		if agreed != s.rng.chance(0.02) {
			onPlan = append(onPlan, c)
		}
	}
	conferences := map[*child]int{}
	plans := map[*child]int{}
	for _, c := range onPlan {
		plans[c] = s.number("plan")
	}
	if transfer {
		s.countEdgeCase(kindTransferIn)
	}
	for _, c := range file.children {
		conferences[c] = s.number("conference")
		plan, flag, enquiry := "", "PROV_OF_SERVICES_FLAG", itoa(enquiries[c])
		if plans[c] != 0 {
			plan, flag = itoa(plans[c]), "CP_FLAG"
		}
		if enquiries[c] == 0 || transfer {
			enquiry = ""
		}
		target := s.calendar.plus(discussed, 15)
		if transfer || s.rng.chance(0.05) {
			target = never
		}
		if s.today < s.window {
			continue
		}
		s.out.write("ssd_initial_cp_conference", itoa(conferences[c]), meeting, enquiry, c.key(), plan, itoa(c.episode.id),
			yesNo(transfer), target.stamp(), s.today.stamp(), yesNo(plan != ""), outcomeJSON(conferenceFlags(), flag),
			s.reviewers().key(), s.chair().staff())
	}
	if len(onPlan) > 0 {
		s.startPlans(file, onPlan, plans, conferences)
	} else if file.stage == stageAssessment {
		s.startNeedPlan(file)
	}
}

func (s *simulation) reviewers() *team {
	for _, t := range s.teams {
		if t.kind == kindReviewing {
			return t
		}
	}
	return s.dutyTeam()
}

func (s *simulation) chair() *worker { return anyOf(s.rng, s.reviewers().workers) }
