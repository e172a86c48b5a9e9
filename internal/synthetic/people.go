package synthetic

import "strconv"

// child is a person the council has heard of, from before birth to 25.
type child struct {
	id        int
	family    *family
	dob       day
	due       day // expected birth of a child still unborn
	death     day
	sex       string
	ethnicity string
	upn       string
	disabled  bool
	alone     bool // came to the country without parents
	hasEHCP   bool
	isMother  bool

	episode  *episode
	plan     *plan
	care     *carePeriod
	planned  bool // ever on a plan of this council
	spells   []spell
	lastCare day
	awaited  bool // counted among those who will turn 18 in care
}

// spell is a time under a status that schools are told of.
type spell struct {
	status       string // CIN, CPP, CLA
	starts, ends day
}

// family is a household: its children are referred, planned for and visited
// together.
type family struct {
	id           int
	surname      string
	postcode     string
	children     []*child
	file         *caseFile
	lastReferral day
	planned      bool // ever had a child on a plan
	earlyHelp    bool
	listed       bool // among the known
}

func (c *child) age(on day) int {
	if c.dob == never {
		return 0
	}
	age := on.time().Year() - c.dob.time().Year()
	if on < c.birthday(age) {
		age--
	}
	return max(age, 0)
}

func (c *child) birthday(n int) day { return c.dob.months(12 * n) }
func (c *child) key() string        { return strconv.Itoa(c.id) }

func (c *child) under18(on day) bool {
	return (c.dob == never || on < c.birthday(18)) && (c.death == never || c.death > on)
}

// newFamily makes a household as it stands on a day. Ages lean to the young,
// as they do in children's social care.
func (s *simulation) newFamily(on day, children int) *family {
	f := &family{id: s.number("family"), surname: anyOf(s.rng, surnames()), lastReferral: never}
	f.postcode = s.postcode()
	s.families = append(s.families, f)
	eldest := s.rng.between(0, 17)
	for i := range children {
		age := eldest
		if i > 0 {
			age = max(0, eldest-i*s.rng.between(1, 4))
		}
		s.newChild(f, on-day(age)*year-s.rng.days(2, 360))
	}
	return f
}

func (s *simulation) newChild(f *family, dob day) *child {
	c := &child{
		id: s.number("person"), family: f, dob: dob, due: never, death: never, lastCare: never,
		sex: pick(s.rng, []weighted[string]{{50.5, "M"}, {49, "F"}, {0.5, "U"}}),
	}
	c.ethnicity = s.ethnicityIn(f)
	c.disabled = s.rng.chance(0.08)
	f.children = append(f.children, c)
	s.people = append(s.people, c)
	return c
}

func (s *simulation) ethnicityIn(f *family) string {
	if len(f.children) > 0 && s.rng.chance(0.95) {
		return f.children[0].ethnicity
	}
	return pick(s.rng, []weighted[string]{
		{58, "WBRI"}, {0.6, "WIRI"}, {8, "WOTH"}, {0.4, "WIRT"}, {0.7, "WROM"}, {4, "MWBC"}, {1.5, "MWBA"},
		{1.5, "MWAS"}, {3, "MOTH"}, {2, "AIND"}, {4, "APKN"}, {2, "ABAN"}, {0.4, "CNHE"}, {2.5, "AOTH"},
		{2.5, "BCRB"}, {4.5, "BAFR"}, {1.8, "BOTH"}, {2.5, "OOTH"}, {0.6, "REFU"}, {2, "NOBT"},
	})
}

// familySize is the number of children at home: most plans cover two or more.
func (s *simulation) familySize() int {
	return pick(s.rng, []weighted[int]{{38, 1}, {32, 2}, {18, 3}, {8, 4}, {3, 5}, {1, 6}})
}

func (s *simulation) postcode() string {
	letters := "ABDEFGHJLNPQRSTUWXYZ"
	tail := []byte{letters[s.rng.r.IntN(len(letters))], letters[s.rng.r.IntN(len(letters))]}
	return "ZZ" + strconv.Itoa(s.rng.between(1, 19)) + " " + strconv.Itoa(s.rng.between(1, 9)) + string(tail)
}

// writePeople is last: births, deaths and pupil numbers are known by then.
func (s *simulation) writePeople() {
	for _, c := range s.people {
		due := never
		dob := c.dob
		if c.due != never && (c.due > s.asOf || s.rng.chance(0.03)) {
			due, dob = c.due, never
		}
		mother := ""
		if c.isMother {
			mother = "Y"
		}
		unknown := ""
		if c.upn == "" && c.lastCare != never {
			unknown = pick(s.rng, []weighted[string]{{4, "UN1"}, {2, "UN2"}, {3, "UN4"}})
		}
		send := pick(s.rng, []weighted[string]{{9, "N"}, {1, ""}})
		if c.hasEHCP {
			send = "Y"
		}
		s.out.write("ssd_person",
			"LEG"+c.key(), c.key(), c.upn, anyOf(s.rng, forenames()), c.family.surname, c.sex, c.sex, c.ethnicity,
			dob.stamp(), "", unknown, send, due.stamp(), c.death.stamp(), mother, s.nationality(c))
		s.writeDisability(c)
	}
}

func (s *simulation) writeDisability(c *child) {
	if c.episode == nil && len(c.spells) == 0 || c.due != never {
		return
	}
	codes := []string{"NONE"}
	if c.disabled {
		codes = []string{pick(s.rng, []weighted[string]{
			{30, "LD"}, {25, "AUT"}, {12, "BEH"}, {10, "COMM"}, {8, "MOB"}, {4, "PC"}, {3, "CON"},
			{3, "INC"}, {3, "HAND"}, {2, "VIS"}, {2, "HEAR"}, {3, "DDA"},
		})}
		if s.rng.chance(0.3) && codes[0] != "LD" {
			codes = append(codes, "LD")
		}
	}
	for _, code := range codes {
		s.out.write("ssd_disability", s.key("disability"), c.key(), code)
	}
}

func (s *simulation) nationality(c *child) string {
	if c.alone {
		return pick(s.rng, []weighted[string]{{3, "SDN"}, {3, "AFG"}, {2, "ERI"}, {2, "IRN"}, {2, "VNM"}, {2, "ALB"}})
	}
	return pick(s.rng, []weighted[string]{{90, "GBR"}, {3, "POL"}, {2, "ROU"}, {5, ""}})
}

func forenames() []string {
	return []string{
		"Ada", "Alfie", "Amira", "Arthur", "Ayaan", "Bella", "Callum", "Chloe", "Dexter", "Eesa", "Ella", "Ewan",
		"Faith", "Finley", "Grace", "Hana", "Harvey", "Imogen", "Isaac", "Jaden", "Jasmine", "Kai", "Keira",
		"Leo", "Lola", "Maya", "Mason", "Nadia", "Noah", "Olive", "Oscar", "Poppy", "Reuben", "Rosie", "Sami",
		"Saskia", "Theo", "Tia", "Yusuf", "Zara",
	}
}

func surnames() []string {
	return []string{
		"Abbott", "Ahmed", "Barlow", "Begum", "Birch", "Carter", "Chaudhry", "Cole", "Dawson", "Doyle", "Ellis",
		"Farrow", "Gill", "Grant", "Hale", "Hussain", "Ibrahim", "Jarvis", "Kaur", "Kemp", "Lamb", "Lowe",
		"Malik", "Marsh", "Mensah", "Nash", "Norris", "Okafor", "Page", "Patel", "Quinn", "Reeve", "Rowe",
		"Sharp", "Stokes", "Tate", "Vaughan", "Ward", "Yates", "Zielinski",
	}
}
