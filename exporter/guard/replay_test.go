package guard_test

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/unavailable"
	"childrens-services-exporter/internal/synthetic"
)

// history is a table of a synthetic council: the days, since 1970, on which its rows
// begin and end.
type history struct {
	relation     string
	begins, ends []int
	hasEnd       bool
}

// at is the table as a refresh in the night before a day leaves it.
func (h history) at(day int) guard.TableStats {
	rows := sort.SearchInts(h.begins, day)
	stats := guard.TableStats{Relation: h.relation, Filenode: uint32(day), Rows: int64(rows), HasEnd: h.hasEnd, MayBeEmpty: true}
	if h.hasEnd {
		stats.Open = int64(rows - sort.SearchInts(h.ends, day))
	}
	for i := rows - 1; i >= 0 && day-h.begins[i] < 868; i-- {
		stats.Activity |= 1 << ((day - h.begins[i]) / 14)
	}
	if rows > 0 {
		stats.Newest = time.Unix(int64(h.begins[rows-1])*86400, 0).UTC()
	}
	return stats
}

// readHistories reads the tables of a council with the date on which a row begins
// and, where there is one, the date on which it ends.
func readHistories(t *testing.T, directory string) []history {
	t.Helper()
	var histories []history
	for file, columns := range map[string][2]string{
		"ssd_contacts": {"cont_contact_date", ""}, "ssd_cin_episodes": {"cine_referral_date", "cine_close_date"},
		"ssd_cin_assessments": {"cina_assessment_start_date", ""}, "ssd_cin_plans": {"cinp_cin_plan_start_date", "cinp_cin_plan_end_date"},
		"ssd_cin_visits": {"cinv_cin_visit_date", ""}, "ssd_s47_enquiry": {"s47e_s47_start_date", ""},
		"ssd_initial_cp_conference": {"icpc_icpc_date", ""}, "ssd_cp_plans": {"cppl_cp_plan_start_date", "cppl_cp_plan_end_date"},
		"ssd_cp_visits": {"cppv_cp_visit_date", ""}, "ssd_cp_reviews": {"cppr_cp_review_date", ""},
		"ssd_cla_episodes":  {"clae_cla_episode_start_date", "clae_cla_episode_ceased_date"},
		"ssd_cla_placement": {"clap_cla_placement_start_date", "clap_cla_placement_end_date"}, "ssd_cla_visits": {"clav_cla_visit_date", ""},
		"ssd_cla_reviews": {"clar_cla_review_date", ""}, "ssd_legal_status": {"lega_legal_status_start_date", "lega_legal_status_end_date"},
		"ssd_missing": {"miss_missing_episode_start_date", ""}, "ssd_involvements": {"invo_involvement_start_date", "invo_involvement_end_date"},
		"ssd_early_help_episodes": {"earl_episode_start_date", "earl_episode_end_date"},
	} {
		file, err := os.Open(filepath.Join(directory, "social_care", file+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(file).ReadAll()
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		h := history{relation: strings.TrimSuffix(filepath.Base(file.Name()), ".csv"), hasEnd: columns[1] != ""}
		begin, end := slices.Index(rows[0], columns[0]), slices.Index(rows[0], columns[1])
		for _, row := range rows[1:] {
			began, ok := dayNumber(row[begin])
			if !ok {
				continue
			}
			h.begins = append(h.begins, began)
			if end >= 0 {
				if ended, ok := dayNumber(row[end]); ok && ended >= began {
					h.ends = append(h.ends, ended)
				}
			}
		}
		slices.Sort(h.begins)
		slices.Sort(h.ends)
		histories = append(histories, h)
	}
	slices.SortFunc(histories, func(a, b history) int { return strings.Compare(a.relation, b.relation) })
	return histories
}

func dayNumber(text string) (int, bool) {
	if len(text) < 10 {
		return 0, false
	}
	day, err := time.Parse(time.DateOnly, text[:10])
	return int(day.Unix() / 86400), err == nil
}

func TestOrdinaryNightsOfSmallCouncilsPass(t *testing.T) {
	for _, council := range []string{"small", "wokingham"} {
		profile, err := synthetic.FindProfile(council)
		if err != nil {
			t.Fatal(err)
		}
		directory := t.TempDir()
		end := date(2026, time.December, 1)
		if _, err := synthetic.Write(directory, profile, 1, end); err != nil {
			t.Fatal(err)
		}
		histories := readHistories(t, directory)
		r, held, nights := newReader(), 0, 0
		for r.day = end.AddDate(-2, 0, 0); r.day.Before(end); r.day = r.day.AddDate(0, 0, 1) {
			var tables []guard.TableStats
			for _, h := range histories {
				tables = append(tables, h.at(int(r.day.Unix()/86400)))
			}
			r.read(guard.Enforce, tables...)
			verdict := r.read(guard.Enforce, tables...)
			nights++
			if len(verdict.Held) == 0 {
				continue
			}
			held++
			t.Logf("%s, %s: %v", council, r.day.Format(time.DateOnly), slices.Sorted(maps.Values(verdict.Held)))
			r.read(guard.AcceptAndStore, tables...)
		}
		t.Logf("%s: %d of %d nights were held", council, held, nights)
		if held > 2 {
			t.Errorf("%s: %d nights in two years were held, more than one a year", council, held)
		}
		r.smallestFalls(t, council, histories, int(end.Unix()/86400))
	}
}

// smallestFalls prints up to which share of its rows each table is held where it
// alone lacks the newest, and wants 95 % to be held at the latest.
func (r *reader) smallestFalls(t *testing.T, council string, histories []history, day int) {
	t.Helper()
	for i := range histories {
		share := 99
		for ; share > 0; share-- {
			var tables []guard.TableStats
			for j, h := range histories {
				if i == j {
					h = h.oldest(share, day)
				}
				tables = append(tables, h.at(day))
			}
			if verdict, _ := r.policy.Check(r.state, guard.Reading{Tables: tables, Day: r.day}, guard.Enforce); len(verdict.Held) > 1 || verdict.Held[unavailable.Settling] == "" {
				break
			}
		}
		t.Logf("%s, %s of %d rows: held at %d %% and below", council, histories[i].relation, len(histories[i].begins), share)
		if share < 95 {
			t.Errorf("%s: %s is held at %d %% only", council, histories[i].relation, share)
		}
	}
}

// oldest is the table with a share of its rows, the oldest.
func (h history) oldest(percent, day int) history {
	rows := sort.SearchInts(h.begins, day) * percent / 100
	ends := len(h.ends)
	if rows > 0 {
		// A row ends after it begins: those that end before the last of them begins are there.
		ends = sort.SearchInts(h.ends, h.begins[rows-1])
	}
	return history{relation: h.relation, begins: h.begins[:rows], ends: h.ends[:ends], hasEnd: h.hasEnd}
}
