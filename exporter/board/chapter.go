// Package board lists which indicators stand together on a screen, for Grafana and the
// exporter's own pages alike.
package board

import (
	"slices"

	"childrens-services-exporter/exporter/definition"
)

// Chapter is the topics that a committee reads together, on its screens and in its
// reports.
type Chapter struct {
	Title, Description string
	// File names the chapter in addresses and file names. It never changes.
	File string
	// Topics are the folders of the catalogue that belong to it.
	Topics []string
}

// UID is the UID of the chapter's dashboard.
func (c Chapter) UID() string { return "childrens-topic-" + c.File }

// Chapters lists the chapters in their fixed order. Members know a chapter by its number,
// so that a new one goes to the end. Topics without a chapter, such as a council's own,
// share the last.
func Chapters(catalogue *definition.Catalogue) []Chapter {
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
	for _, indicator := range catalogue.Indicators() {
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
func ChapterOf(catalogue *definition.Catalogue, indicator *definition.Indicator) Chapter {
	chapters := Chapters(catalogue)
	i := slices.IndexFunc(chapters, func(chapter Chapter) bool { return slices.Contains(chapter.Topics, indicator.Cohort.Topic) })
	return chapters[max(i, 0)]
}

// Indicators lists the indicators of the chapter, in the catalogue's order.
func (c Chapter) Indicators(catalogue *definition.Catalogue) []*definition.Indicator {
	var all []*definition.Indicator
	for _, indicator := range catalogue.Indicators() {
		if slices.Contains(c.Topics, indicator.Cohort.Topic) {
			all = append(all, indicator)
		}
	}
	return all
}
