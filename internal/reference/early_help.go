package reference

// helpEpisode is an early help episode of one child.
type helpEpisode struct {
	id, person                      string
	starts, ends                    Date
	reason, endReason, organisation string
}

func (ref *Implementation) helpEpisodes() []helpEpisode {
	var all []helpEpisode
	for _, row := range ref.tables.rows("ssd_early_help_episodes", "earl_episode_id", "earl_person_id", "earl_episode_start_date",
		"earl_episode_end_date", "earl_episode_reason", "earl_episode_end_reason", "earl_episode_organisation") {
		all = append(all, helpEpisode{
			row.id("earl_episode_id"), row.id("earl_person_id"),
			row.date("earl_episode_start_date"), row.date("earl_episode_end_date"),
			helpReason(row.text("earl_episode_reason")), helpEndReason(row.text("earl_episode_end_reason")),
			helpOrganisation(row.text("earl_episode_organisation")),
		})
	}
	return all
}

func (ref *Implementation) earlyHelpStarted(p page, w window) {
	var inWindow []helpEpisode
	for _, e := range ref.helpEpisodes() {
		if w.has(e.starts) {
			inWindow = append(inWindow, e)
		}
	}
	count(p, "childrens_earlyhelp_started", inWindow, everyone,
		by("reason", func(e helpEpisode) string { return e.reason }),
		by("organisation", func(e helpEpisode) string { return e.organisation }))
}

func (ref *Implementation) earlyHelpClosed(p page, w window) {
	var inWindow []helpEpisode
	for _, e := range ref.helpEpisodes() {
		if w.has(e.ends) {
			inWindow = append(inWindow, e)
		}
	}
	disengaged := func(e helpEpisode) bool {
		return e.endReason == "disengaged" || e.endReason == "consent_withdrawn" || e.endReason == "declined"
	}
	ratio(p, "childrens_earlyhelp_closed_disengaged_ratio", inWindow, everyone, disengaged)
	count(p, "childrens_earlyhelp_closed", inWindow, everyone, by("reason", func(e helpEpisode) string { return e.endReason }))
}

func (ref *Implementation) earlyHelpOpen(p page, day Date) {
	var open []helpEpisode
	for _, e := range ref.helpEpisodes() {
		if openOn(day, e.starts, e.ends) && !ref.person(e.person).diedBy(day) {
			open = append(open, e)
		}
	}
	var children []helpEpisode
	for _, ofChild := range perPerson(open, func(e helpEpisode) string { return e.person }) {
		children = append(children, firstOf(ofChild, func(e helpEpisode) Date { return e.starts }, func(e helpEpisode) string { return e.id }))
	}
	byOrganisation := by("organisation", func(e helpEpisode) string { return e.organisation })
	count(p, "childrens_earlyhelp_open", children, everyone, byOrganisation)
	long := func(e helpEpisode) bool { return e.starts.PlusMonths(ref.limits.EarlyHelpLong).Before(day) }
	count(p, "childrens_earlyhelp_open_long", children, long, byOrganisation)
}
