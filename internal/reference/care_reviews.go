package reference

import "slices"

// careReviews judges the reviews of each child looked after for more than 20 working days.
func (ref *Implementation) careReviews(p page, day Date) {
	longEnough := func(c inCare) bool { return ref.calendar.workingDays(c.entered, day) > ref.limits.CareFirstReview }
	ratio(p, "childrens_cla_reviews_on_time_ratio", ref.lookedAfter(day), longEnough,
		func(c inCare) bool { return ref.reviewedInTime(c, day) }, by("team", func(c inCare) string { return c.team }))
}

// reviewedInTime is true where every review that fell due in the last twelve months was held by then, and none is owed.
func (ref *Implementation) reviewedInTime(c inCare, day Date) bool {
	lastYear := window{starts: startOfTwelveMonths(day), ends: day}
	due := ref.calendar.workingDayAfter(c.entered, ref.limits.CareFirstReview)
	for i, held := range ref.reviewsInCare(c, day) {
		if held.After(due) && lastYear.has(due) {
			return false
		}
		if i == 0 {
			due = held.PlusMonths(ref.limits.CareSecondReview)
		} else {
			due = held.PlusMonths(ref.limits.CareNextReview)
		}
	}
	return !due.Before(day)
}

// reviewsInCare are the days on which the child's care was reviewed, in order, each once.
func (ref *Implementation) reviewsInCare(c inCare, day Date) []Date {
	var days []Date
	for _, row := range ref.tables["ssd_cla_reviews"] {
		held := row.date("clar_cla_review_date")
		if c.care != "" && row.id("clar_cla_id") == c.care && row.answer("clar_cla_review_cancelled") != yes &&
			held.Known() && !held.Before(c.entered) && !held.After(day) {
			days = append(days, held)
		}
	}
	slices.SortFunc(days, func(a, b Date) int { return a.number() - b.number() })
	return slices.Compact(days)
}

// careReviewsHeld counts the reviews held, but for cancelled ones and those of children in short breaks.
func (ref *Implementation) careReviewsHeld(p page, w window) {
	var held []string
	for _, row := range ref.tables.rows("ssd_cla_reviews", "clar_cla_review_id", "clar_cla_id", "clar_cla_review_date",
		"clar_cla_review_cancelled", "clar_cla_review_participation") {
		day := row.date("clar_cla_review_date")
		if w.has(day) && row.answer("clar_cla_review_cancelled") != yes && !ref.onlyShortBreaks(ref.inCareAs(row.id("clar_cla_id")), day) {
			held = append(held, reviewParticipation(row.text("clar_cla_review_participation")))
		}
	}
	count(p, "childrens_cla_reviews", held, everyone, by("participation", func(how string) string { return how }))
}

// inCareAs is the child whose period of care it is.
func (ref *Implementation) inCareAs(care string) string {
	for _, e := range ref.careEpisodes() {
		if care != "" && e.care == care && e.person != "" {
			return e.person
		}
	}
	return ""
}
