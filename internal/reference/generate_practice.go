package reference

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// practice fills the sheets that a council keeps on its staff and on how the work is done.
func (g *generator) practice() {
	for range g.IntN(5) {
		g.staffCount()
	}
	for range 2 + g.IntN(12) {
		g.add("workforce_movement", map[string]string{
			"move_date": pick(g, g.near(), g.before(span{months: 12}, span{})).String(), "kind": pick(g, "leaver", "leaver", "Left", "starter", "seconded"),
			"employment": g.text("permanent", "Perm", "agency"), "role": g.text("social_worker", "senior", "administrator"),
			"fte": g.share(),
		})
	}
	for range g.IntN(8) {
		opened := pick(g, g.near(), g.before(span{months: 12}, span{}))
		for range pick(g, 1, 1, 2) {
			g.add("asye_recruitment", map[string]string{
				"cohort":       pick(g, opened.String()[:7], opened.String()[:7], opened.String(), "Spring"),
				"applications": pick(g, "20", "5", "0", ""), "offers": pick(g, "3", "", "1"), "starts": pick(g, "2", "-1", ""),
			})
		}
	}
	for range 4 + g.IntN(30) {
		g.add("supervision_session", map[string]string{
			"worker_id": pick(g, orPlaceholder(g.workerID()), "S20002", "20001"), "team_id": g.teamID(),
			"session_date": pick(g, g.near(), g.before(span{days: 30}, span{days: 23}, span{days: 28})).String(),
			"kind":         g.kind("individual", "individual", "1:1", "group", "away day"),
		})
	}
	g.auditSheet()
}

// staffCount counts everybody on one day.
func (g *generator) staffCount() {
	counted := pick(g, g.past(), g.before(span{days: 100}, span{months: 12}, span{}))
	for range 1 + g.IntN(8) {
		g.add("workforce_snapshot", map[string]string{
			"snapshot_date": counted.String(), "service": g.text("Care", "Care", "Front Door"), "team_id": g.teamID(),
			"role":       g.text("social_worker", "social_worker", "senior", "Team Manager", "family_support"),
			"employment": g.text("permanent", "permanent", "perm", "agency", "Locum"), "fte": g.share(), "headcount": "3",
			"vacant_fte": pick(g, "", "0", "1.5", "2", "-1"), "asye_headcount": pick(g, "", "0", "1"),
			"working_days_lost": pick(g, "", "0", "3", "12.5"), "working_days_available": pick(g, "", "20", "60"),
		})
	}
}

func (g *generator) share() string { return pick(g, "1", "0.5", "4.25", "2", "", "-1", "999.9") }

// auditSheet names its cases as one council does: by a number or one of two hashes, some now and then by another, or all in a
// way that nobody can follow.
func (g *generator) auditSheet() {
	hidden := func(id string) string {
		sum := md5.Sum([]byte("salt" + id))
		return hex.EncodeToString(sum[:])
	}
	name := hidden
	if !g.rarely(6) {
		name = func(id string) string {
			short, long := md5.Sum([]byte(id)), sha256.Sum256([]byte(id))
			return pick(g, id, hex.EncodeToString(short[:]), strings.ToUpper(hex.EncodeToString(short[:])), hex.EncodeToString(long[:]), hidden(id), "")
		}
	}
	for n := range g.IntN(g.children) {
		g.add("case_audit", map[string]string{
			"audit_id": fmt.Sprint(7000 + n), "person_id": name(g.personID()),
			"audit_date": pick(g, g.near(), g.before(span{months: 12}, span{})).String(),
			"kind":       g.kind("full", "dip_sample", "Dip sample", "thematic"), "team_id": g.teamID(),
			"grade": pick(g, "1", "2", "2", "3", "4", "5", ""),
		})
	}
}

// orPlaceholder is what a sheet says that may leave nobody out.
func orPlaceholder(id string) string {
	if id == "" {
		return "SSD_PH"
	}
	return id
}

// kind is a text for a column that has no room for long words.
func (g *generator) kind(good ...string) string {
	text := g.text(good...)
	if len(text) > 12 {
		return "?"
	}
	return text
}
