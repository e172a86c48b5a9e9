package definition

import "slices"

// Chapter is one topic as a committee goes through it, on its screens and in its
// papers alike.
type Chapter struct {
	Title, Description string
	// File is the chapter in addresses and file names; it never changes.
	File string
	// Topics are the folders of the catalogue that belong to it.
	Topics []string
}

// UID is the address of the chapter's dashboard.
func (c Chapter) UID() string { return "childrens-topic-" + c.File }

// Chapters lists the chapters in their fixed order. Members find one by its number, meeting after meeting: a new one goes
// to the end. Topics that have none, such as a council's own, share the last.
func (c *Catalogue) Chapters() []Chapter {
	chapters := []Chapter{
		{
			Title: "EHC plans", File: "ehc-plans", Topics: []string{"ehcp"},
			Description: "Requests, assessments, plans issued in 20 weeks, plans maintained and their annual reviews.",
		},
		{
			Title: "Early help", File: "early-help", Topics: []string{"early_help"},
			Description: "Families helped before social care is needed, how long it takes and why it ends.",
		},
		{
			Title: "Front door and assessments", File: "front-door", Topics: []string{"front_door", "assessments"},
			Description: "Contacts, referrals and the assessments that follow them.",
		},
		{
			Title: "Child protection and children in need", File: "child-protection", Topics: []string{"child_protection", "children_in_need"},
			Description: "Section 47 enquiries, conferences, plans, the visits and reviews under them, and children in need.",
		},
		{
			Title: "Children in care", File: "children-in-care", Topics: []string{"looked_after"},
			Description: "Children looked after: visits, reviews, where they live, how steady it is, and their health.",
		},
		{
			Title: "Care leavers", File: "care-leavers", Topics: []string{"care_leavers"},
			Description: "Young people who left care: whether we are in touch, where they live and what they do.",
		},
		{
			Title: "Missing and exclusions", File: "missing-and-exclusions", Topics: []string{"missing", "exclusions"},
			Description: "Children missing from home and care with their return interviews, and pupils excluded or suspended.",
		},
		{
			Title: "Workforce", File: "workforce", Topics: []string{"workforce", "caseload", "supervision", "audit"},
			Description: "Social workers, what they carry, their supervision, and the quality that audits find.",
		},
		{
			Title: "Education", File: "education", Topics: []string{"pupils", "schools", "attendance", "home_education", "missing_education"},
			Description: "Pupils and schools, attendance, home education and children missing education.",
		},
		{
			Title: "Post-16", File: "post-16", Topics: []string{"post16"},
			Description: "Young people of 16 and 17: in learning, in work, neither, or not known.",
		},
	}
	var others []string
	for _, indicator := range c.Indicators() {
		topic := indicator.Cohort.Topic
		if !slices.Contains(others, topic) && !slices.ContainsFunc(chapters, func(chapter Chapter) bool { return slices.Contains(chapter.Topics, topic) }) {
			others = append(others, topic)
		}
	}
	if len(others) > 0 {
		chapters = append(chapters, Chapter{Title: "More indicators", File: "more", Topics: others, Description: "Indicators of topics that have no page of their own."})
	}
	return chapters
}

// ChapterOf is the chapter to which an indicator belongs.
func (c *Catalogue) ChapterOf(indicator *Indicator) Chapter {
	chapters := c.Chapters()
	i := slices.IndexFunc(chapters, func(chapter Chapter) bool { return slices.Contains(chapter.Topics, indicator.Cohort.Topic) })
	return chapters[max(i, 0)]
}

// In lists the indicators of a chapter, in the catalogue's order.
func (c *Catalogue) In(chapter Chapter) []*Indicator {
	var all []*Indicator
	for _, indicator := range c.Indicators() {
		if slices.Contains(chapter.Topics, indicator.Cohort.Topic) {
			all = append(all, indicator)
		}
	}
	return all
}
