package reference

// decisions says on how many referrals the front door decided in time. The sheet may note a decision against any of the rows
// that came about a child on one day.
func (ref *Implementation) decisions(p page, w window) {
	type decided struct {
		team           string
		receipt, taken Date
	}
	sheet := ref.tables["frontdoor_decision"]
	var inWindow []decided
	for _, r := range ref.newReferrals() {
		if !w.has(r.received) {
			continue
		}
		d := decided{team: r.team}
		for _, other := range ref.referralRows() {
			if other.person != r.person || other.received != r.received || other.id == "" {
				continue
			}
			for _, row := range sheet {
				if row.id("referral_id") == other.id {
					d.receipt = earlier(d.receipt, row.date("received_at"))
					d.taken = earlier(d.taken, row.date("decided_at"))
				}
			}
		}
		if !d.receipt.Known() {
			d.receipt = r.received
		}
		inWindow = append(inWindow, d)
	}
	within := func(d decided, day Date) bool {
		return ref.calendar.workingDays(d.receipt, day) <= ref.limits.ReferralDecision
	}
	judged := func(d decided) bool {
		if !d.taken.Known() {
			return !within(d, w.ends)
		}
		return !d.taken.Before(d.receipt)
	}
	inTime := func(d decided) bool { return d.taken.Known() && within(d, d.taken) }
	ratio(p, "childrens_referrals_decision_on_time_ratio", inWindow, judged, inTime, by("team", func(d decided) string { return d.team }))
}

// earlier is the earlier of two dates, or the one that is known.
func earlier(a, b Date) Date {
	if !a.Known() || b.Before(a) {
		return b
	}
	return a
}
