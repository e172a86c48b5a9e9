package synthetic

import (
	"fmt"
	"slices"
	"strings"
)

// Profile is the size and habit of a council. Stocks are counts at the day the
// data speak for, flows are per year, shares are 0 to 1.
type Profile struct {
	Name          string
	LACode        int
	Population    int // residents aged 0 to 17
	Contacts      int // a year
	Referrals     int // a year, one per child
	InNeed        int // open cases, plans and care included
	Protected     int // children on a child protection plan
	LookedAfter   int // short breaks excluded
	CareLeavers   int // aged 19 to 21
	SocialWorkers float64
	Caseload      float64 // cases per full-time case holder
	Teams         int
	EarlyHelp     int // episodes started a year

	AssessedOnTime   float64 // within 45 working days
	ConferenceOnTime float64 // within 15 working days of the strategy discussion
	ReReferred       float64 // within 12 months
	RepeatPlans      float64 // plans of children who had one before
	LongPlans        float64 // started plans that will last two years or more
	VisitSlips       float64 // plan visits that miss their ten working days
	WorkerChanges    float64 // changes of worker a year in a settled care case
	Unaccompanied    float64 // of children looked after
	Suitable         float64 // of care leavers' accommodation
	InWorkOrStudy    float64 // of care leavers aged 19 to 21
	Neither          float64 // the NEET among them

	EHCPlans    int
	EHCRequests int // a year
	EHCOnTime   float64
	EHCRefused  float64
	Pupils      int
	Schools     int
	EHE         int
	CME         int

	// AttendanceYears is the number of academic years, the running one included,
	// for which a weekly attendance row per pupil is written: 1.7 million rows a
	// year in a typical council. Two are what terms and years that closed need; the
	// large one shows what five of them cost.
	AttendanceYears int
}

// Profiles names the councils that can be written, smallest first.
func Profiles() []string {
	names := []string{}
	for _, p := range profiles() {
		names = append(names, p.Name)
	}
	return names
}

// FindProfile finds a profile by name; an unknown name is an error that lists
// the known ones.
func FindProfile(name string) (Profile, error) {
	all := profiles()
	at := slices.IndexFunc(all, func(p Profile) bool { return p.Name == name })
	if at < 0 {
		return Profile{}, fmt.Errorf("no council profile %q: use one of %s", name, strings.Join(Profiles(), ", "))
	}
	return all[at], nil
}

func profiles() []Profile {
	england := Profile{
		AssessedOnTime: 0.857, ConferenceOnTime: 0.814, ReReferred: 0.226,
		RepeatPlans: 0.245, LongPlans: 0.044, VisitSlips: 0.09, WorkerChanges: 0.45,
		Unaccompanied: 0.08, Suitable: 0.89, InWorkOrStudy: 0.54, Neither: 0.40,
		EHCOnTime: 0.464, EHCRefused: 0.252,
	}

	small := england
	small.Name, small.LACode, small.Population = "small", 857, 8012
	small.Contacts, small.Referrals, small.EarlyHelp = 1850, 385, 190
	small.InNeed, small.Protected, small.LookedAfter, small.CareLeavers = 177, 28, 32, 15
	small.SocialWorkers, small.Caseload, small.Teams = 21.9, 11.7, 6
	small.EHCPlans, small.EHCRequests = 376, 87
	small.Pupils, small.Schools, small.EHE, small.CME = 5500, 14, 80, 20
	small.AttendanceYears = 2

	wokingham := england
	wokingham.Name, wokingham.LACode, wokingham.Population = "wokingham", 872, 44000
	wokingham.Contacts, wokingham.Referrals, wokingham.EarlyHelp = 8500, 1778, 1000
	wokingham.InNeed, wokingham.Protected, wokingham.LookedAfter, wokingham.CareLeavers = 1283, 192, 149, 86
	wokingham.SocialWorkers, wokingham.Caseload, wokingham.Teams = 112.4, 15.2, 15
	wokingham.EHCPlans, wokingham.EHCRequests = 2206, 471
	wokingham.Pupils, wokingham.Schools, wokingham.EHE, wokingham.CME = 30000, 77, 450, 120
	wokingham.AttendanceYears = 2
	wokingham.AssessedOnTime, wokingham.ConferenceOnTime = 0.817, 0.894
	wokingham.ReReferred, wokingham.RepeatPlans, wokingham.LongPlans = 0.168, 0.206, 0.058
	wokingham.WorkerChanges, wokingham.Suitable = 0.12, 0.94
	wokingham.InWorkOrStudy, wokingham.Neither = 0.56, 0.43
	wokingham.EHCOnTime, wokingham.EHCRefused = 0.568, 0.335

	typical := england
	typical.Name, typical.LACode, typical.Population = "typical", 821, 62500
	typical.Contacts, typical.Referrals, typical.EarlyHelp = 16000, 3367, 1450
	typical.InNeed, typical.Protected, typical.LookedAfter, typical.CareLeavers = 2251, 275, 458, 207
	typical.SocialWorkers, typical.Caseload, typical.Teams = 201, 15.2, 25
	typical.EHCPlans, typical.EHCRequests = 3316, 771
	typical.Pupils, typical.Schools, typical.EHE, typical.CME = 43000, 110, 650, 170
	typical.AttendanceYears = 2

	croydon := england
	croydon.Name, croydon.LACode, croydon.Population = "croydon", 306, 94000
	croydon.Contacts, croydon.Referrals, croydon.EarlyHelp = 38000, 7986, 2200
	croydon.InNeed, croydon.Protected, croydon.LookedAfter, croydon.CareLeavers = 4637, 588, 547, 421
	croydon.SocialWorkers, croydon.Caseload, croydon.Teams = 294.9, 19.1, 35
	croydon.EHCPlans, croydon.EHCRequests = 5232, 1174
	croydon.Pupils, croydon.Schools, croydon.EHE, croydon.CME = 64000, 165, 950, 260
	croydon.AttendanceYears = 2
	croydon.AssessedOnTime, croydon.ConferenceOnTime = 0.696, 0.70
	croydon.ReReferred, croydon.RepeatPlans, croydon.LongPlans = 0.268, 0.20, 0.097
	croydon.WorkerChanges, croydon.Unaccompanied, croydon.Suitable = 0.65, 0.16, 0.80
	croydon.InWorkOrStudy, croydon.Neither = 0.52, 0.36
	croydon.EHCOnTime, croydon.EHCRefused = 0.728, 0.152

	large := england
	large.Name, large.LACode, large.Population = "large", 886, 355390
	large.Contacts, large.Referrals, large.EarlyHelp = 115000, 24035, 8200
	large.InNeed, large.Protected, large.LookedAfter, large.CareLeavers = 11247, 1150, 1896, 1000
	large.SocialWorkers, large.Caseload, large.Teams = 765, 15.5, 70
	large.EHCPlans, large.EHCRequests = 20635, 4200
	large.Pupils, large.Schools, large.EHE, large.CME = 244000, 620, 3600, 1000
	large.AttendanceYears = 5
	large.ReReferred, large.Unaccompanied = 0.26, 0.14

	return []Profile{small, wokingham, typical, croydon, large}
}
