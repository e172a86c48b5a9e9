package reference

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// audit is one look at one case.
type audit struct {
	id, named         string // what the sheet calls the case
	on                Date
	kind, grade, team string
}

func (ref *Implementation) audits() []audit {
	var all []audit
	for _, row := range ref.tables["case_audit"] {
		all = append(all, audit{
			id: row.id("audit_id"), named: row.id("person_id"), on: row.date("audit_date"), kind: auditKind(row.text("kind")),
			grade: auditGrade(row.text("grade")), team: ref.team(row, "team_id"),
		})
	}
	return all
}

func auditKind(text string) string {
	return coded(text, []word{
		{"full", "full"}, {"case audit", "full"}, {"full audit", "full"}, {"dip sample", "dip_sample"},
		{"dip-sample", "dip_sample"}, {"theme", "thematic"}, {"thematic", "thematic"},
	})
}

func auditGrade(text string) string {
	return coded(text, []word{
		{"1", "outstanding"}, {"2", "good"}, {"3", "requires_improvement"}, {"requires improvement", "requires_improvement"},
		{"ri", "requires_improvement"}, {"4", "inadequate"},
	})
}

func (ref *Implementation) auditsCompleted(p page, w window) {
	if w.kind == month || w.kind == calendarYear {
		return // a month's audits are too few to grade
	}
	var inWindow []audit
	for _, a := range ref.audits() {
		if w.has(a.on) {
			inWindow = append(inWindow, a)
		}
	}
	byTeam := by("team", func(a audit) string { return a.team })
	byKind := split[audit]{"kind", func(a audit) map[string]string { return map[string]string{"audit_kind": orUnknown(a.kind)} }}
	count(p, "childrens_audit_completed", inWindow, everyone, byTeam, byKind)
	ratio(p, "childrens_audit_good_or_better_ratio", inWindow, func(a audit) bool { return a.grade != "" },
		func(a audit) bool { return a.grade == "outstanding" || a.grade == "good" }, byTeam)
	countBy(p, "childrens_audit_cases", inWindow, by("grade", func(a audit) string { return a.grade }))
}

// auditCoverage is the share of open cases that were audited in the months before the day. Where there were audits and
// nobody can tell of which child any of them was, there is no share.
func (ref *Implementation) auditCoverage(p page, day Date) {
	type openCase struct {
		team             string
		audited, telling bool
	}
	audited, audits, known := map[string]bool{}, 0, 0
	after := day.PlusMonths(-ref.limits.AuditCoverage)
	for _, a := range ref.audits() {
		if !a.on.Known() || a.on.After(day) || !a.on.After(after) {
			continue
		}
		audits++
		for _, row := range ref.tables["ssd_person"] {
			if id := row.id("pers_person_id"); a.names(id) {
				audited[id], known = true, known+1
			}
		}
	}
	var cases []openCase
	for id := range ref.openCaseStatuses(day) {
		cases = append(cases, openCase{ref.teamOf(id, day), audited[id], audits == 0 || known > 0})
	}
	ratio(p, "childrens_audit_coverage_ratio", cases, func(c openCase) bool { return c.telling },
		func(c openCase) bool { return c.audited }, by("team", func(c openCase) string { return c.team }))
}

// names is true where an audit's sheet gives a child's number or a hash of it.
func (a audit) names(id string) bool {
	if id == "" || a.named == "" {
		return false
	}
	short, long := md5.Sum([]byte(id)), sha256.Sum256([]byte(id))
	named := strings.ToLower(a.named)
	return named == strings.ToLower(id) || named == hex.EncodeToString(short[:]) || named == hex.EncodeToString(long[:])
}
