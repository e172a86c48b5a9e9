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

// Implementation computes the indicators of one council.
type Implementation struct {
	tables      Tables
	limits      Limits
	populations Populations
	calendar    calendar
	care        careRecords
}

// New takes a council's rows as they are loaded.
func New(tables Tables, limits Limits, populations Populations) *Implementation {
	return &Implementation{tables: tables, limits: limits, populations: populations, calendar: newCalendar()}
}

// Live is every sample as a screen shows it on a day.
func (ref *Implementation) Live(day Date) map[string]float64 {
	return ref.samples(day, func(kind string) window { return live(kind, day) })
}

// AtOffset is every sample of the report periods at an offset from a day: 0 is the open period, 1 the last closed one. It
// has no snapshots; those are Live on the last day of a period.
func (ref *Implementation) AtOffset(day Date, offset int) map[string]float64 {
	samples := map[string]float64{}
	for _, kind := range []string{month, quarter, financialYear, calendarYear, schoolTerm, schoolYear} {
		ref.flows(samples, windowAtOffset(kind, day, offset))
		if kind == schoolTerm || kind == schoolYear {
			ref.attendance(page{samples: samples, window: kind}, windowAtOffset(kind, day, offset))
		}
	}
	return samples
}

func (ref *Implementation) samples(day Date, at func(kind string) window) map[string]float64 {
	samples := map[string]float64{}
	ref.snapshots(page{samples: samples}, day)
	for _, kind := range []string{
		month, quarter, yearToDate, financialYear, twelveMonths, calendarYear, schoolTerm, schoolToDate, schoolYear,
	} {
		ref.flows(samples, at(kind))
	}
	for _, kind := range []string{schoolTerm, schoolToDate, schoolYear} {
		ref.attendance(page{samples: samples, window: kind}, closedMonth(kind, day))
	}
	return samples
}

func (ref *Implementation) snapshots(p page, day Date) {
	for _, publish := range []func(page, Date){
		ref.earlyHelpOpen, ref.assessmentsOpen, ref.childrenOnPlans, ref.planReviews, ref.childrenInNeed,
		ref.childrenLookedAfter, ref.careVisits, ref.careReviews, ref.leavers, ref.caseloads,
		ref.ehcPlansOpen, ref.ehcAssessmentsOpen, ref.ehcReviewsHeld, ref.homeEducated, ref.missingEducation, ref.pupilsOnRoll, ref.specialNeeds,
		ref.careSnapshots,
		ref.supervisions, ref.staffInPost, ref.auditCoverage,
		ref.plansDue, ref.childrenOnNeedPlans, ref.unallocated,
		ref.schools, ref.after16,
	} {
		publish(p, day)
	}
}

func (ref *Implementation) flows(samples map[string]float64, w window) {
	p := page{samples: samples, window: w.kind}
	for _, publish := range ref.flowsBy(w.kind) {
		publish(p, w)
	}
}

// flowsBy are the flows that are counted by windows of a kind.
func (ref *Implementation) flowsBy(kind string) []func(page, window) {
	switch kind {
	case calendarYear: // the return on plans
		return []func(page, window){ref.ehcRequests, ref.ehcDecisions, ref.ehcPlansIssued, ref.ehcReviewDecisions}
	case schoolTerm, schoolToDate, schoolYear:
		return []func(page, window){ref.exclusions, ref.homeEducationTurns, ref.missingEducationTurns}
	default:
		return []func(page, window){
			ref.contacts, ref.referrals, ref.earlyHelpStarted, ref.earlyHelpClosed, ref.assessmentsCompleted, ref.enquiries,
			ref.contactsWithOutcome, ref.contactsReferred, ref.referralOutcomes, ref.decisions, ref.helpAssessments, ref.steppedUp,
			ref.factors, ref.assessmentsFound, ref.enquiriesEnded, ref.conferenceOutcomes,
			ref.planTimesStarted, ref.planTimesEnded, ref.coreGroups, ref.visitsInTime, ref.planVisitsHeld, ref.planReviewsHeld,
			ref.conferences, ref.plansStarted, ref.careReviewsHeld, ref.ehcPlansIssued,
			ref.ehcRequests, ref.ehcDecisions, ref.ehcReviewDecisions, ref.homeEducationTurns, ref.missingEducationTurns,
			ref.careFlows,
			ref.workforceYear, ref.recruits, ref.auditsCompleted,
		}
	}
}
