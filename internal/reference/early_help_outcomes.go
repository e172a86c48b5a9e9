package reference

// helpAssessments is how long the early help assessments completed in a window took.
func (ref *Implementation) helpAssessments(p page, w window) {
	type helpAssessment struct {
		begun, completed    Date
		organisation, level string
	}
	var inWindow []helpAssessment
	for _, row := range ref.tables.rows("early_help_assessment", "episode_id", "started", "completed", "level", "agency") {
		a := helpAssessment{
			row.date("started"), row.date("completed"), helpOrganisation(row.text("agency")), helpLevel(row.text("level")),
		}
		if w.has(a.completed) {
			inWindow = append(inWindow, a)
		}
	}
	byOrganisation := by("organisation", func(a helpAssessment) string { return a.organisation })
	took := func(a helpAssessment) (float64, bool) {
		return float64(a.begun.Days(a.completed)) * 24 * 60 * 60, a.begun.Known() && !a.begun.After(a.completed)
	}
	average(p, "childrens_earlyhelp_assessment_duration_mean_seconds", inWindow, took, byOrganisation)
	middle(p, "childrens_earlyhelp_assessment_duration_median_seconds", inWindow, took, byOrganisation)
	count(p, "childrens_earlyhelp_assessments_completed", inWindow, everyone, byOrganisation,
		by("level", func(a helpAssessment) string { return a.level }))
}

func helpLevel(text string) string {
	return coded(text, []word{
		{"level 1", "1"}, {"universal", "1"}, {"level 2", "2"}, {"early help", "2"}, {"additional", "2"},
		{"level 3", "3"}, {"targeted", "3"}, {"targeted early help", "3"}, {"intensive", "3"},
		{"level 4", "4"}, {"specialist", "4"}, {"statutory", "4"},
	})
}

// steppedUp says after how many of the early help episodes that ended the child came to social care: by the reason written
// down, or because a referral came about that time.
func (ref *Implementation) steppedUp(p page, w window) {
	referrals := ref.newReferrals()
	var inWindow []helpEpisode
	for _, e := range ref.helpEpisodes() {
		if w.has(e.ends) {
			inWindow = append(inWindow, e)
		}
	}
	up := func(e helpEpisode) bool {
		if e.endReason == "stepped_up" {
			return true
		}
		for _, r := range referrals {
			days := e.ends.Days(r.received)
			if r.person == e.person && days >= -ref.limits.StepUpBefore && days <= ref.limits.StepUpAfter {
				return true
			}
		}
		return false
	}
	ratio(p, "childrens_earlyhelp_stepped_up_ratio", inWindow, everyone, up)
}
