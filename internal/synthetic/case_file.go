package synthetic

// stage is where a family's open case stands.
type stage int

const (
	stageAssessment stage = iota
	stageInNeed           // children in need plan
	stageProtected        // child protection plan
)

// caseFile is a family's open case: the children share referral, worker and
// plan. A child who enters care leaves the file.
type caseFile struct {
	family     *family
	children   []*child
	stage      stage
	since      day // of the stage
	opened     day
	source     source
	allocation *allocation
	assessed   *assessment // running

	conference bool // awaited
	closing    bool
	visited    day // last day for which visits are written
	planStart  day // of the children in need plan
	place      int // in the list of open files
}

// episode is a child's open referral.
type episode struct {
	id     int
	child  *child
	opened day
	need   string
	source source
	flags  []string
	team   *team
	worker *worker
}

func referralFlags() []string {
	return []string{
		"SINGLE_ASSESSMENT_FLAG", "STRATEGY_DISCUSSION_FLAG", "CLA_REQUEST_FLAG", "NON_AGENCY_ADOPTION_FLAG",
		"PRIVATE_FOSTERING_FLAG", "CP_TRANSFER_IN_FLAG", "CP_CONFERENCE_FLAG", "CARE_LEAVER_FLAG", "OTHER_OUTCOMES_EXIST_FLAG",
	}
}

// refer opens a case for a family on a day and returns how many children came
// with it. About one referral in sixteen is closed at once.
func (s *simulation) refer(f *family, d day) int {
	if d > s.asOf {
		return 1
	}
	file := s.openFile(f, d, s.source())
	for _, c := range f.children {
		if c.episode == nil && c.under18(d) && (len(file.children) == 0 || s.rng.chance(0.93)) {
			s.openEpisode(file, c)
		}
	}
	if len(file.children) == 0 {
		s.dropFile(file)
		return 0
	}
	f.lastReferral = d
	for _, c := range file.children {
		s.writeContact(c, max(d-s.rng.days(0, 1), s.window), file.source, "NEW_REFERRAL_FLAG")
	}
	referred := len(file.children)
	if s.rng.chance(0.065) {
		s.decide(file, "no_further_action")
		for _, c := range file.children {
			c.episode.flags = []string{"OTHER_OUTCOMES_EXIST_FLAG"}
		}
		s.at(d+s.rng.days(0, 3), func() { s.closeFile(file, s.today, "RC8") })
		return referred
	}
	s.decide(file, "assessment")
	if !s.rng.chance(0.015) {
		s.at(s.calendar.plus(d, s.rng.between(1, 3)), func() { s.allocate(file, kindAssessment, "FCONTA") })
	}
	s.startAssessment(file, s.calendar.plus(d, s.rng.between(0, 2)))
	return referred
}

func (s *simulation) openFile(f *family, d day, from source) *caseFile {
	file := &caseFile{family: f, opened: d, since: d, source: from, visited: d, planStart: never, place: len(s.files)}
	f.file = file
	s.files = append(s.files, file)
	return file
}

func (s *simulation) openEpisode(file *caseFile, c *child) {
	need := pick(s.rng, []weighted[string]{
		{57, "N1"}, {5, "N2"}, {4, "N3"}, {9, "N4"}, {13, "N5"}, {3, "N6"}, {1, "N7"}, {3, "N8"}, {0.5, "N9"}, {4, "N0"},
	})
	if len(file.children) > 0 {
		need = file.children[0].episode.need
	}
	if c.disabled && s.rng.chance(0.5) {
		need = "N2"
	}
	c.episode = &episode{
		id: s.number("referral"), child: c, opened: file.opened, need: need, source: file.source,
		flags: []string{"SINGLE_ASSESSMENT_FLAG"}, team: s.dutyTeam(), worker: s.dutyWorker(),
	}
	file.children = append(file.children, c)
	s.inNeed++
}

// dropFile takes a file off the list of open ones.
func (s *simulation) dropFile(file *caseFile) {
	last := len(s.files) - 1
	s.files[file.place] = s.files[last]
	s.files[file.place].place = file.place
	s.files = s.files[:last]
	file.closing = true
	file.family.file = nil
	if f := file.family; !f.listed {
		f.listed = true
		s.closedFamilies = append(s.closedFamilies, f)
	}
}

// closeFile ends the case for every child still in it.
func (s *simulation) closeFile(file *caseFile, d day, reason string) {
	if file.family.file != file {
		return
	}
	if file.assessed != nil {
		s.finishAssessment(file, file.assessed, "NFA_FLAG")
	}
	s.endNeedPlan(file, d)
	s.visitFile(file, d)
	for _, c := range file.children {
		if c.care != nil && c.care.short {
			s.endCare(c.care)
		}
		s.endAllocation(c, file.allocation, d)
		s.closeEpisode(c, d, reason)
	}
	file.children = nil
	s.releaseChild(file.allocation)
	s.dropFile(file)
}

// leaveFile takes one child out of the family's case, as entry into care does.
func (s *simulation) leaveFile(file *caseFile, c *child, d day) {
	if file.stage == stageInNeed {
		s.writeNeedPlan(file, c, d)
	}
	s.visitChild(file, c, d)
	s.endAllocation(c, file.allocation, d)
	for i, other := range file.children {
		if other == c {
			file.children = append(file.children[:i:i], file.children[i+1:]...)
			break
		}
	}
	if len(file.children) == 0 {
		s.releaseChild(file.allocation)
		s.dropFile(file)
	}
}

func (s *simulation) closeEpisode(c *child, d day, reason string) {
	s.writeReferral(c.episode, d, reason)
	c.spells = append(c.spells, spell{"CIN", c.episode.opened, d})
	c.episode = nil
	s.inNeed--
}

func (s *simulation) writeReferral(e *episode, closed day, reason string) {
	if !s.within(closed) {
		return
	}
	noAction := len(e.flags) > 0 && e.flags[0] == "OTHER_OUTCOMES_EXIST_FLAG"
	name := ""
	if e.worker != nil {
		name = e.worker.name
	}
	s.out.write("ssd_cin_episodes",
		itoa(e.id), e.child.key(), s.clock(e.opened, 0.1), e.need, e.source.code, e.source.words,
		outcomeJSON(referralFlags(), e.flags...), yesNo(noAction), reason, closed.stamp(), e.team.key(), name)
}
