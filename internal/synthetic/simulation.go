package synthetic

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Streams of random numbers, one for each part of the council.
const (
	streamSocialCare uint64 = iota + 1
	streamFaults
	streamSchools
	streamLocal
	streamAttendance
	streamSickness
	streamRecords
)

const (
	historyYears = 6
	// warmUp is run before the history begins, so that the first year written
	// does not look like a council that has just opened.
	warmUp = 500
)

// simulation runs a council day by day. Stocks follow the profile because each
// Monday the number of new conferences, care entries and closures is set by how
// far the stock is from where it should be; everything else is chance.
type simulation struct {
	Profile
	calendar    *calendar
	rng         rng
	sicknessRNG rng // days lost to sickness
	recordsRNG  rng // records kept beside the case system
	out         *csvWriter

	start  day // of the run
	window day // of the history written
	asOf   day
	today  day
	agenda [][]func()
	serial map[string]int
	phase  map[string]float64

	people         []*child
	families       []*family
	closedFamilies []*family // closed, so that they may be referred again
	contactOnly    []*child  // contacts only
	files          []*caseFile
	groups         []*planGroup
	carePeriods    []*carePeriod
	leavers        []*leaver
	adulthoods     []day // birthdays that will end a time in care, or did
	assessments    []*assessment

	inNeed      int
	protected   int
	conferences int // children awaiting their conference
	lookedAfter int
	planStarts  int
	planRepeats int

	referralsDue  float64
	teams         []*team
	professionals []*worker
	inbox         *worker   // the duty team's, which is no person
	visitors      []*worker // of health
	leads         []*worker // of schools
	allocations   []*allocation
}

func newSimulation(p Profile, seed uint64, asOf time.Time, l *csvWriter) *simulation {
	end := dayOf(asOf)
	s := &simulation{
		Profile: p, rng: newRNG(seed, streamSocialCare), sicknessRNG: newRNG(seed, streamSickness), recordsRNG: newRNG(seed, streamRecords),
		out:  l,
		asOf: end, window: dayOf(asOf.AddDate(-historyYears, 0, 0)),
		serial: map[string]int{}, phase: map[string]float64{},
	}
	s.start = s.window - warmUp
	s.today = s.start
	s.calendar = newCalendar(s.start-20*year, end+future)
	s.agenda = make([][]func(), s.asOf-s.start+1)
	for _, kind := range []string{"inNeed", "protected", "lookedAfter", "earlyHelp"} {
		s.phase[kind] = s.rng.r.Float64() * 2 * math.Pi
	}
	return s
}

// run lives the years from start to the last day.
func (s *simulation) run() {
	s.openTeams()
	s.seedPopulation()
	for ; s.today <= s.asOf; s.today++ {
		date := s.today.time()
		if date.Day() == 1 {
			s.staffMonth()
		}
		if date.Weekday() == time.Monday {
			s.frontDoorWeek()
			s.protectionWeek()
			s.careWeek()
			s.inNeedWeek()
			s.allocationWeek()
		}
		for i := 0; i < len(s.agenda[s.today-s.start]); i++ {
			s.agenda[s.today-s.start][i]()
		}
	}
	s.today = s.asOf
}

// at puts something on a later day. What lies beyond the last day never
// happens, and what should have happened already happens today.
func (s *simulation) at(d day, event func()) {
	if d > s.asOf {
		return
	}
	i := max(d, s.today) - s.start
	s.agenda[i] = append(s.agenda[i], event)
}

// number counts up for a kind of record. Kinds start apart, so that an id read
// in the wrong column finds nothing.
func (s *simulation) number(kind string) int {
	if s.serial[kind] == 0 {
		s.serial[kind] = firstNumber(kind)
	}
	s.serial[kind]++
	return s.serial[kind]
}

func (s *simulation) key(kind string) string { return strconv.Itoa(s.number(kind)) }

func firstNumber(kind string) int {
	return map[string]int{
		"person": 100000, "worker": 20000, "team": 500, "contact": 2000000, "referral": 4000000,
		"assessment": 5000000, "enquiry": 5500000, "meeting": 5700000, "conference": 5800000, "plan": 6000000,
		"needPlan": 6200000, "visit": 7000000, "review": 6500000, "care": 6600000, "careEpisode": 6700000,
		"placement": 6800000, "careVisit": 9000000, "involvement": 30000000,
	}[kind]
}

// level is the size of a stock on a day as a share of its size at the end: a
// slow trend with waves, so that six years of charts have something to show.
func (s *simulation) level(kind string, on day) float64 {
	slope := map[string]float64{"inNeed": 0.025, "protected": 0.01, "lookedAfter": 0.012, "earlyHelp": 0.03}[kind]
	wave := map[string]float64{"inNeed": 0.03, "protected": 0.07, "lookedAfter": 0.03, "earlyHelp": 0.06}[kind]
	back := float64(s.asOf-on) / float64(year)
	angle := 2 * math.Pi * back / 2.7
	return 1 - slope*back + wave*(math.Sin(angle+s.phase[kind])-math.Sin(s.phase[kind]))
}

func (s *simulation) target(kind string, on day) int {
	size := map[string]int{"inNeed": s.InNeed, "protected": s.Protected, "lookedAfter": s.LookedAfter}[kind]
	return int(math.Round(float64(size) * s.level(kind, on)))
}

// season is the demand of a week against the average: schools send the most, so
// their holidays are quiet, and the weeks before them busy.
func (s *simulation) season(monday day) float64 {
	shut := 0
	for d := monday; d < monday+5; d++ {
		if s.calendar.schoolOut(d) {
			shut++
		}
	}
	busy := map[time.Month]float64{
		time.January: 1.02, time.February: 1.02, time.March: 1.12, time.June: 1.1, time.July: 1.12,
		time.August: 0.96, time.September: 0.98, time.November: 1.12, time.December: 1.02,
	}[monday.time().Month()]
	if busy == 0 {
		busy = 1.04
	}
	return busy * (1 - 0.055*float64(shut))
}

// weekday is a working day of the week that starts on a Monday.
func (s *simulation) weekday(monday day) day { return s.calendar.next(monday + s.rng.days(0, 4)) }

// within tells whether a record that ended on a day is still in the extract.
func (s *simulation) within(end day) bool { return end == never || end >= s.window }

// untilLastDay blanks a day that has not come yet.
func (s *simulation) untilLastDay(d day) day {
	if d > s.asOf {
		return never
	}
	return d
}

// outcomeJSON is the flag text of the extract: every key, the true ones "Y".
func outcomeJSON(keys []string, yes ...string) string {
	var text strings.Builder
	text.WriteString("{")
	count := 0
	for _, key := range keys {
		flag := "N"
		for _, y := range yes {
			if y == key {
				flag = "Y"
				count++
			}
		}
		if len(yes) == 0 {
			flag = ""
		}
		text.WriteString(`"` + key + `": "` + flag + `", `)
	}
	return text.String() + `"NUMBER_OF_OUTCOMES": ` + strconv.Itoa(count) + `, "COMMENTS": ""}`
}
