package synthetic

// allocation is a worker's responsibility for one or more siblings.
type allocation struct {
	worker   *worker
	role     string // CW, 16PLUS, IRO
	children []*child
	since    map[*child]day
	reasons  map[*child]string
	place    int
	ended    bool
}

// allocate gives a family's case to a worker of a kind of team.
func (s *simulation) allocate(file *caseFile, kind teamKind, reason string) {
	if file.closing && len(file.children) == 0 || file.family.file != file {
		return
	}
	if kind == kindAssessment && file.stage != stageAssessment {
		kind = kindSafeguarding
	}
	if file.allocation == nil {
		file.allocation = s.newAllocation(kind, "CW", file.children, reason)
		if chance := s.rng.r.Float64(); chance < 0.01 {
			s.assignTo(file.allocation, s.dutyWorker())
		} else if chance < 0.014 {
			s.assignTo(file.allocation, file.allocation.worker.team.manager())
		}
		return
	}
	if file.allocation.worker.team.kind != kind {
		s.transfer(file.allocation, kind, reason)
	}
}

// assignTo leaves a new case with the duty inbox, or with a manager.
func (s *simulation) assignTo(h *allocation, with *worker) {
	h.worker.cases -= len(h.children)
	h.worker = with
	with.cases += len(h.children)
}

func (s *simulation) newAllocation(kind teamKind, role string, children []*child, reason string) *allocation {
	h := &allocation{worker: s.chooseWorker(kind, nil), role: role, since: map[*child]day{}, reasons: map[*child]string{}, place: len(s.allocations)}
	s.allocations = append(s.allocations, h)
	for _, c := range children {
		s.addChild(h, c, reason)
	}
	return h
}

func (s *simulation) addChild(h *allocation, c *child, reason string) {
	h.children = append(h.children, c)
	h.since[c], h.reasons[c] = s.today, reason
	h.worker.cases++
}

// chooseWorker takes one of the less loaded workers of a kind of team, not always
// the least loaded, so that caseloads differ as they do.
func (s *simulation) chooseWorker(kind teamKind, not *worker) *worker {
	var best *worker
	for range 4 {
		t := s.teamFor(kind)
		if t == nil {
			return s.dutyWorker()
		}
		w := anyOf(s.rng, t.workers)
		if !w.holds || w == not {
			continue
		}
		if best == nil || float64(w.cases)/w.capacity < float64(best.cases)/best.capacity {
			best = w
		}
	}
	if best != nil {
		return best
	}
	for _, t := range s.teams {
		for _, w := range t.workers {
			if t.kind == kind && w.holds && w != not && (best == nil || w.cases < best.cases) {
				best = w
			}
		}
	}
	if best == nil {
		return s.dutyWorker()
	}
	return best
}

func (s *simulation) teamFor(kind teamKind) *team {
	teams := []*team{}
	for _, t := range s.teams {
		if t.kind == kind && len(t.workers) > 1 {
			teams = append(teams, t)
		}
	}
	if len(teams) == 0 {
		return nil
	}
	return anyOf(s.rng, teams)
}

// transfer moves an allocation to another worker and writes the involvement that ended for each child.
func (s *simulation) transfer(h *allocation, kind teamKind, reason string) {
	to := s.chooseWorker(kind, h.worker)
	if to == h.worker || h.ended {
		return
	}
	for _, c := range h.children {
		s.writeInvolvement(h, c, s.today)
		h.since[c], h.reasons[c] = s.today, reason
	}
	h.worker.cases -= len(h.children)
	h.worker = to
	to.cases += len(h.children)
}

// endAllocation takes a child out of an allocation.
func (s *simulation) endAllocation(c *child, h *allocation, d day) {
	if h == nil {
		return
	}
	for i, other := range h.children {
		if other == c {
			s.writeInvolvement(h, c, d)
			h.children = append(h.children[:i:i], h.children[i+1:]...)
			h.worker.cases--
			return
		}
	}
}

// releaseChild takes an empty allocation off the list.
func (s *simulation) releaseChild(h *allocation) {
	if h == nil || h.ended {
		return
	}
	last := len(s.allocations) - 1
	s.allocations[h.place] = s.allocations[last]
	s.allocations[h.place].place = h.place
	s.allocations = s.allocations[:last]
	h.ended = true
}

// allocationWeek moves cases between colleagues: absence, balance, requests.
func (s *simulation) allocationWeek() {
	for _, h := range append([]*allocation{}, s.allocations...) {
		rate := 0.28
		switch {
		case h.worker.team.kind == kindCare:
			rate = s.WorkerChanges
		case h.role != "CW":
			rate = 0.12
		}
		if s.rng.chance(rate / 52) {
			s.transfer(h, h.worker.team.kind, pick(s.rng, []weighted[string]{
				{45, "MANAGE"}, {25, "ABSENC"}, {8, "ORGRST"}, {6, "CHCHAN"}, {6, "PCCHAN"}, {10, "OTHERS"},
			}))
		}
	}
}

func (s *simulation) writeInvolvement(h *allocation, c *child, ends day) {
	if !s.within(ends) {
		return
	}
	referral := ""
	if c.episode != nil {
		referral = itoa(c.episode.id)
	}
	s.out.write("ssd_involvements", s.key("involvement"), h.worker.key(), h.role, h.worker.team.key(), c.key(),
		h.since[c].stamp(), ends.stamp(), h.reasons[c], referral)
}

// partners adds the people beside the allocated worker for the time of a plan.
func (s *simulation) partners(file *caseFile) {
	support := s.rng.chance(0.4)
	for _, c := range file.children {
		until := s.today + s.rng.days(50, 300)
		if support {
			s.partner(c, "FSW", anyOf(s.rng, s.thinnest(kindEarlyHelp).workers), until)
		}
		if c.age(s.today) < 5 {
			s.partner(c, "HV", anyOf(s.rng, s.visitors), until)
		} else if s.rng.chance(0.7) {
			s.partner(c, "SCHOOL", s.leads[c.family.id%len(s.leads)], until)
		}
	}
}

func (s *simulation) partner(c *child, role string, w *worker, until day) {
	if c.episode != nil && s.within(s.untilLastDay(until)) {
		s.out.write("ssd_involvements", s.key("involvement"), w.key(), role, w.team.key(), c.key(),
			s.today.stamp(), s.untilLastDay(until).stamp(), "", itoa(c.episode.id))
	}
}
