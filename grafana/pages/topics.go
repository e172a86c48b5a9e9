package pages

import (
	"slices"

	"childrens-services-exporter/exporter/catalogue"
)

// topic is one page of the fixed order in which a committee goes through the service.
type topic struct {
	Title, File, About string
	// Rooms are the folders of the catalogue that the page shows.
	Rooms []string
	// Tiles are the indicators at its head, at most eight.
	Tiles []string
}

// UID never changes.
func (t topic) uid() string { return "childrens-topic-" + t.File }

// topics lists the pages. Members find a page by its number, meeting after meeting: a new one goes to the end.
func topics(c *catalogue.Catalogue) []topic {
	all := []topic{
		{
			Title: "EHC plans", File: "ehc-plans", Rooms: []string{"ehcp"},
			About: "Requests, assessments, plans issued in 20 weeks, plans maintained and their annual reviews.",
			Tiles: []string{
				"childrens_ehcp_issued_on_time_ratio", "childrens_ehcp_open", "childrens_ehcp_requests", "childrens_ehcp_decision_on_time_ratio",
				"childrens_ehcp_assessments_overdue", "childrens_ehcp_issued", "childrens_ehcp_reviews_on_time_ratio", "childrens_ehcp_requests_refused_ratio",
			},
		},
		{
			Title: "Early help", File: "early-help", Rooms: []string{"early_help"},
			About: "Families helped before social care is needed, how long it takes and why it ends.",
			Tiles: []string{
				"childrens_earlyhelp_open", "childrens_earlyhelp_started", "childrens_earlyhelp_closed", "childrens_earlyhelp_closed_disengaged_ratio",
				"childrens_earlyhelp_assessment_duration_mean_seconds", "childrens_earlyhelp_stepped_up_ratio", "childrens_earlyhelp_open_long",
			},
		},
		{
			Title: "Front door and assessments", File: "front-door", Rooms: []string{"front_door", "assessments"},
			About: "Contacts, referrals and the assessments that follow them.",
			Tiles: []string{
				"childrens_contacts", "childrens_referrals", "childrens_referrals_repeat_ratio", "childrens_referrals_decision_on_time_ratio",
				"childrens_assessments_completed", "childrens_assessments_on_time_ratio", "childrens_assessments_overdue", "childrens_assessments_duration_median_seconds",
			},
		},
		{
			Title: "Child protection and children in need", File: "child-protection", Rooms: []string{"child_protection", "children_in_need"},
			About: "Section 47 enquiries, conferences, plans, the visits and reviews under them, and children in need.",
			Tiles: []string{
				"childrens_cp_visits_on_time_ratio", "childrens_cp_visits_overdue", "childrens_cp_plans_open", "childrens_icpc_on_time_ratio",
				"childrens_cp_reviews_on_time_ratio", "childrens_cp_plans_repeat_ratio", "childrens_cp_plans_open_long_ratio", "childrens_cin_open",
			},
		},
		{
			Title: "Children in care", File: "children-in-care", Rooms: []string{"looked_after"},
			About: "Children looked after: visits, reviews, where they live, how steady it is, and their health.",
			Tiles: []string{
				"childrens_cla_open", "childrens_cla_visits_on_time_ratio", "childrens_cla_reviews_on_time_ratio", "childrens_cla_placements_many_ratio",
				"childrens_cla_placement_stable_ratio", "childrens_cla_social_worker_changed_ratio", "childrens_cla_placed_distant_ratio", "childrens_cla_health_assessed_ratio",
			},
		},
		{
			Title: "Care leavers", File: "care-leavers", Rooms: []string{"care_leavers"},
			About: "Young people who left care: whether we are in touch, where they live and what they do.",
			Tiles: []string{
				"childrens_careleavers", "childrens_careleavers_in_touch_ratio", "childrens_careleavers_accommodation_suitable_ratio",
				"childrens_careleavers_eet_ratio", "childrens_careleavers_neet_ratio", "childrens_careleavers_pathway_plan_current_ratio",
			},
		},
		{
			Title: "Missing and exclusions", File: "missing-and-exclusions", Rooms: []string{"missing", "exclusions"},
			About: "Children missing from home and care with their return interviews, and pupils excluded or suspended.",
			Tiles: []string{
				"childrens_missing_episodes", "childrens_missing_children", "childrens_missing_cla_ratio", "childrens_missing_interview_offered_ratio",
				"childrens_missing_interview_on_time_ratio", "childrens_exclusions_permanent", "childrens_exclusions_permanent_per_100_pupils", "childrens_suspensions_per_100_pupils",
			},
		},
		{
			Title: "Workforce", File: "workforce", Rooms: []string{"workforce", "caseload", "supervision", "audit"},
			About: "Social workers, what they carry, their supervision, and the quality that audits find.",
			Tiles: []string{
				"childrens_caseload_mean", "childrens_caseload_max", "childrens_caseload_over_limit_workers", "childrens_workforce_agency_ratio",
				"childrens_workforce_turnover_ratio", "childrens_workforce_vacancy_ratio", "childrens_supervision_on_time_ratio", "childrens_audit_good_or_better_ratio",
			},
		},
		{
			Title: "Education", File: "education", Rooms: []string{"pupils", "schools", "attendance", "home_education", "missing_education"},
			About: "Pupils and schools, attendance, home education and children missing education.",
			Tiles: []string{
				"childrens_attendance_absence_ratio", "childrens_attendance_persistent_ratio", "childrens_attendance_severe_ratio", "childrens_ehe_children",
				"childrens_cme_children", "childrens_cme_long_ratio", "childrens_pupils", "childrens_schools",
			},
		},
		{
			Title: "Post-16", File: "post-16", Rooms: []string{"post16"},
			About: "Young people of 16 and 17: in learning, in work, neither, or not known.",
			Tiles: []string{
				"childrens_post16_neet_or_unknown_ratio", "childrens_post16_neet_ratio", "childrens_post16_unknown_ratio",
				"childrens_post16_participation_ratio", "childrens_post16_september_guarantee_ratio",
			},
		},
	}
	if rest := unplaced(c, all); len(rest) > 0 {
		all = append(all, topic{Title: "More indicators", File: "more", Rooms: rest, About: "Indicators of topics that have no page of their own."})
	}
	return all
}

// unplaced are the folders of a catalogue that no page shows: a council's own.
func unplaced(c *catalogue.Catalogue, all []topic) []string {
	var rest []string
	for _, indicator := range c.Indicators() {
		room := indicator.Cohort.Topic
		if !slices.Contains(rest, room) && !slices.ContainsFunc(all, func(t topic) bool { return slices.Contains(t.Rooms, room) }) {
			rest = append(rest, room)
		}
	}
	return rest
}

// pageOf is the page that shows an indicator.
func pageOf(c *catalogue.Catalogue, name string) topic {
	found, err := c.Indicator(name)
	all := topics(c)
	if err != nil {
		return all[0]
	}
	at := slices.IndexFunc(all, func(t topic) bool { return slices.Contains(t.Rooms, found.Cohort.Topic) })
	return all[max(at, 0)]
}

// indicators are those of the page's rooms, in the catalogue's order.
func (t topic) indicators(c *catalogue.Catalogue) []*catalogue.Indicator {
	var all []*catalogue.Indicator
	for _, indicator := range c.Indicators() {
		if slices.Contains(t.Rooms, indicator.Cohort.Topic) {
			all = append(all, indicator)
		}
	}
	return all
}

// known are the names that the catalogue has.
func known(c *catalogue.Catalogue, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, err := c.Indicator(name)
		return err != nil
	})
}
