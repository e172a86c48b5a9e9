package reference

// Limits are the limits that decide an indicator, in the unit of each. The names are those of the definitions.
type Limits struct {
	ReferralRepeat         int // months
	EarlyHelpLong          int // months
	ReferralDecision       int // working days
	ContactReferral        int // days
	StepUpBefore           int // days
	StepUpAfter            int // days
	AssessmentLength       int // working days
	Conference             int // working days
	PlanVisit              int // working days
	PlanVisitDueSoon       int // days
	PlanLong               int // days
	PlanReviewFirst        int // months
	PlanReviewNext         int // months
	PlanReviewDueSoon      int // days
	PlanRepeatRecent       int // months
	PlanSeenAloneAge       int // years
	PlanCoreGroup          int // working days
	PlanMilestone9         int // months, as the next three
	PlanMilestone12        int
	PlanMilestone15        int
	PlanMilestone18        int
	PlanMilestoneSoon      int // days
	NeedPlanLong           int // months
	NeedVisit              int // working days
	NeedVisitDueSoon       int // days
	NeedAllocation         int // working days
	InNeedOldest           int // years
	CareFirstVisit         int // days
	CareVisit              int // days
	CareSettled            int // months
	CareVisitSettled       int // months
	CareVisitHomeAtFirst   int // days
	CareVisitHome          int // days
	CareFirstReview        int // working days
	CareSecondReview       int // months
	CareNextReview         int // months
	CareLongTerm           int // months
	CarePlacementStable    int // months
	CareDistant            int // miles
	LeaverContact          int // days
	LeaverPathwayReview    int // months
	MissingInterview       int // hours
	Caseload               int // cases
	EHCPDecision           int // days
	EHCPPlanDecision       int // days
	EHCPIssue              int // days
	EHCPReview             int // months
	EHCPReviewDecision     int // days
	MissingEducationLonger int // days
	Supervision            int // days
	SupervisionDueSoon     int // days
	WorkforceCountAge      int // days
	AuditCoverage          int // months
	Post16ReturnAge        int // months
	PersistentAbsence      int // per cent
	SevereAbsence          int // per cent
}

// DefaultLimits are what law, guidance or the definitions set where a council sets nothing.
func DefaultLimits() Limits {
	return Limits{
		ReferralDecision: 1, ContactReferral: 7, StepUpBefore: 30, StepUpAfter: 90,
		ReferralRepeat: 12, EarlyHelpLong: 24, AssessmentLength: 45, Conference: 15, PlanVisit: 10, PlanVisitDueSoon: 7,
		PlanLong: 729, PlanReviewFirst: 3, PlanReviewNext: 6, InNeedOldest: 25, CareFirstVisit: 7, CareVisit: 42,
		CareSettled: 12, CareVisitSettled: 3, CareVisitHomeAtFirst: 42, CareVisitHome: 42, CareFirstReview: 20,
		PlanReviewDueSoon: 7, PlanRepeatRecent: 24, PlanSeenAloneAge: 4, PlanCoreGroup: 10,
		PlanMilestone9: 9, PlanMilestone12: 12, PlanMilestone15: 15, PlanMilestone18: 18, PlanMilestoneSoon: 30,
		NeedPlanLong: 12, NeedVisit: 20, NeedVisitDueSoon: 7, NeedAllocation: 1,
		CareSecondReview: 3, CareNextReview: 6, Caseload: 16, EHCPDecision: 42, EHCPPlanDecision: 112,
		EHCPIssue: 140, EHCPReview: 12, EHCPReviewDecision: 28, MissingEducationLonger: 84,
		CareLongTerm: 30, CarePlacementStable: 24, CareDistant: 20, LeaverContact: 56, LeaverPathwayReview: 6, MissingInterview: 72,
		Supervision: 30, SupervisionDueSoon: 7, WorkforceCountAge: 100, AuditCoverage: 12, Post16ReturnAge: 1,
		PersistentAbsence: 10, SevereAbsence: 50,
	}
}

// Populations are how many live in the area, by the year of the estimate.
type Populations struct{ Children, Children5To15 map[int]float64 }

// on is the latest estimate for a year that has begun, or the first one on a day before all of them.
func on(estimates map[int]float64, day Date) float64 {
	best, first := 0, 0
	for year := range estimates {
		if first == 0 || year < first {
			first = year
		}
		if year <= day.Year && year > best {
			best = year
		}
	}
	if best == 0 {
		best = first
	}
	return estimates[best]
}

// Oracle answers for one council.
type Oracle struct {
	council     Council
	limits      Limits
	populations Populations
	calendar    calendar
	care        careRecords
}

// New takes a council's rows as they are loaded.
func New(council Council, limits Limits, populations Populations) *Oracle {
	return &Oracle{council: council, limits: limits, populations: populations, calendar: newCalendar()}
}

// Live is every sample as a screen shows it on a day.
func (o *Oracle) Live(day Date) map[string]float64 {
	return o.samples(day, func(kind string) window { return live(kind, day) })
}

// Reported is every sample of the windows that follow one another, so many back from a day: 0 is the open one, 1 the last
// that closed. It has no snapshot; that is Live on the last day of a window.
func (o *Oracle) Reported(day Date, back int) map[string]float64 {
	samples := map[string]float64{}
	for _, kind := range []string{month, quarter, financialYear, calendarYear, schoolTerm, schoolYear} {
		o.flows(samples, reported(kind, day, back))
		if kind == schoolTerm || kind == schoolYear {
			o.attendance(page{samples: samples, window: kind}, reported(kind, day, back))
		}
	}
	return samples
}

func (o *Oracle) samples(day Date, at func(kind string) window) map[string]float64 {
	samples := map[string]float64{}
	o.snapshots(page{samples: samples}, day)
	for _, kind := range []string{
		month, quarter, yearToDate, financialYear, twelveMonths, calendarYear, schoolTerm, schoolToDate, schoolYear,
	} {
		o.flows(samples, at(kind))
	}
	for _, kind := range []string{schoolTerm, schoolToDate, schoolYear} {
		o.attendance(page{samples: samples, window: kind}, closedMonth(kind, day))
	}
	return samples
}

func (o *Oracle) snapshots(p page, day Date) {
	for _, publish := range []func(page, Date){
		o.earlyHelpOpen, o.assessmentsOpen, o.childrenOnPlans, o.planReviews, o.childrenInNeed,
		o.childrenLookedAfter, o.careVisits, o.careReviews, o.leavers, o.caseloads,
		o.ehcPlansOpen, o.ehcAssessmentsOpen, o.ehcReviewsHeld, o.homeEducated, o.missingEducation, o.pupilsOnRoll, o.specialNeeds,
		o.careSnapshots,
		o.supervisions, o.staffInPost, o.auditCoverage,
		o.plansDue, o.childrenOnNeedPlans, o.unallocated,
		o.schools, o.after16,
	} {
		publish(p, day)
	}
}

func (o *Oracle) flows(samples map[string]float64, w window) {
	p := page{samples: samples, window: w.kind}
	for _, publish := range o.flowsBy(w.kind) {
		publish(p, w)
	}
}

// flowsBy are the flows that are counted by windows of a kind.
func (o *Oracle) flowsBy(kind string) []func(page, window) {
	switch kind {
	case calendarYear: // the return on plans
		return []func(page, window){o.ehcRequests, o.ehcDecisions, o.ehcPlansIssued, o.ehcReviewDecisions}
	case schoolTerm, schoolToDate, schoolYear:
		return []func(page, window){o.exclusions, o.homeEducationTurns, o.missingEducationTurns}
	default:
		return []func(page, window){
			o.contacts, o.referrals, o.earlyHelpStarted, o.earlyHelpClosed, o.assessmentsCompleted, o.enquiries,
			o.contactsWithOutcome, o.contactsReferred, o.referralOutcomes, o.decisions, o.helpAssessments, o.steppedUp,
			o.factors, o.assessmentsFound, o.enquiriesEnded, o.conferenceOutcomes,
			o.planTimesStarted, o.planTimesEnded, o.coreGroups, o.visitsInTime, o.planVisitsHeld, o.planReviewsHeld,
			o.conferences, o.plansStarted, o.careReviewsHeld, o.ehcPlansIssued,
			o.ehcRequests, o.ehcDecisions, o.ehcReviewDecisions, o.homeEducationTurns, o.missingEducationTurns,
			o.careFlows,
			o.workforceYear, o.recruits, o.auditsCompleted,
		}
	}
}
