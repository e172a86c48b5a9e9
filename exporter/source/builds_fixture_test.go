package source_test

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"childrens-services-exporter/internal/fixtures"
)

// build is the layout of the tables in a case system or a release of it.
type build struct {
	name string
	// columns is the name of a table to its columns in the order of the file.
	columns map[string][]buildColumn
	// words are the build's own words, by column and by the word of the other builds.
	words map[string]map[string]string
	// placeholders is true where every table exists but has no real rows.
	placeholders bool
}

type buildColumn struct {
	name, kind string
	// standard is the column's name in the release that councils are written for.
	standard string
}

// standardBuild is the release whose column names the other tests use.
const standardBuild = "systemc_1_4_5"

func readBuilds(t *testing.T) []build {
	t.Helper()
	file, err := os.Open("testdata/builds/columns.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]map[string]map[string]string{
		"systemc_1_2_4": {
			"invo_professional_role_id": {"CW": "ALLOCATED CASE WORKER", "cw": "Allocated case worker"},
		},
		"mosaic": {
			"cppl_cp_plan_latest_category":    {"Neglect": "NEG", "Emotional abuse": "EMO", "Sexual abuse": "SAB", "Physical": "PHY"},
			"clea_care_leaver_accom_suitable": {"Accommodation is considered suitable": "1", "Unsuitable": "2"},
			"cine_referral_nfa":               {"Y": "1", "N": "0"},
		},
		"eclipse": {
			"cppl_cp_plan_latest_category": {"NEG": "Neglect", "EMO": "Emotional Abuse"},
			"cppv_cp_visit_seen":           {"Y": "y", "N": "n"},
		},
	}
	var all []build
	for i, name := range lines[0][3:] {
		b := build{name: name, columns: map[string][]buildColumn{}, words: words[name]}
		for _, line := range lines[1:] {
			table, column, standard, kind := line[0], line[1], line[2], line[3+i]
			if kind == "" {
				continue
			}
			if standard == "" {
				standard = column
			}
			b.columns[table] = append(b.columns[table], buildColumn{column, kind, standard})
		}
		all = append(all, b)
	}
	empty := build{name: "placeholders", columns: all[slices.Index(lines[0], standardBuild)-3].columns, placeholders: true}
	return append(all, empty)
}

// create creates the build's tables and those that every council has beside its case system.
func (b build) create(db *sql.DB) error {
	for _, table := range slices.Sorted(maps.Keys(b.columns)) {
		var columns []string
		for _, column := range b.columns[table] {
			columns = append(columns, column.name+" "+column.kind)
		}
		if _, err := db.Exec("create table " + table + " (" + strings.Join(columns, ", ") + ")"); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return fixtures.Create(db, "local")
}

// rows converts a council's rows to the columns and words of the build.
func (b build) rows(tables fixtures.Tables) fixtures.Tables {
	written := fixtures.Tables{}
	for table, rows := range tables {
		columns, ok := b.columns[table]
		if !ok {
			if strings.HasPrefix(table, "ssd_") {
				continue
			}
			written[table] = rows // a sheet of the council's own
			continue
		}
		for _, row := range rows {
			buildRow := map[string]string{}
			for _, column := range columns {
				if cell, filled := b.cell(row, column); filled {
					buildRow[column.name] = cell
				}
			}
			written[table] = append(written[table], buildRow)
		}
	}
	return written
}

func (b build) cell(row map[string]string, column buildColumn) (string, bool) {
	cell, filled := row[column.standard]
	if word, own := b.words[column.standard][cell]; own {
		cell = word
	}
	if isWhole(column.kind) && !regexp.MustCompile(`^ *-?[0-9]+ *$`).MatchString(cell) {
		return "", false // a placeholder in words does not fit
	}
	return strings.TrimRight(cell, " "), filled
}

func isWhole(kind string) bool {
	return kind == "int" || kind == "integer" || strings.HasPrefix(kind, "numeric")
}

// placeholder is the row that some builds leave in a table which they do not fill.
func (b build) placeholder() fixtures.Tables {
	tables := fixtures.Tables{}
	for table, columns := range b.columns {
		row := map[string]string{}
		for _, column := range columns {
			if strings.HasSuffix(column.name, "_id") && strings.HasPrefix(column.kind, "varchar(48") {
				row[column.name] = "SSD_PH"
			}
		}
		tables[table] = []map[string]string{row}
	}
	return tables
}

// inAllBuilds changes a council so that all builds can represent it: each row refers to its child in every way that any build
// has, and what a build cannot represent is the same for all.
func inAllBuilds(tables fixtures.Tables, builds []build) fixtures.Tables {
	widths := narrowestColumns(builds)
	plans := pairs(tables["ssd_cp_plans"], "cppl_cp_plan_id", "cppl_person_id")
	referrals := pairs(tables["ssd_cin_episodes"], "cine_person_id", "cine_referral_id")
	needPlans := pairs(tables["ssd_cin_plans"], "cinp_person_id", "cinp_cin_plan_id")
	changed := fixtures.Tables{}
	for table, rows := range tables {
		for _, original := range rows {
			row, complete := maps.Clone(original), true
			switch table {
			case "ssd_involvements":
				row["invo_referral_id"], complete = referrals[row["invo_person_id"]]
			case "ssd_cp_visits":
				row["cppv_person_id"], complete = plans[row["cppv_cp_plan_id"]]
			case "ssd_cp_reviews":
				row["cppr_person_id"], complete = plans[row["cppr_cp_plan_id"]]
			case "ssd_cin_visits":
				row["cinv_cin_plan_id"], complete = needPlans[row["cinv_person_id"]]
			case "ssd_cp_plans":
				delete(row, "cppl_cp_plan_ola")
			case "ssd_cla_immunisations":
				delete(row, "clai_immunisations_status_date")
			case "ssd_contacts":
				row["cont_contact_source_desc"] = row["cont_contact_source_code"]
			}
			for column, cell := range row {
				if width, narrow := widths[column]; narrow && len(cell) > width {
					delete(row, column)
				}
			}
			if complete {
				changed[table] = append(changed[table], row)
			}
		}
	}
	return changed
}

// narrowestColumns gives the number of characters that the narrowest build has for a column.
func narrowestColumns(builds []build) map[string]int {
	widths := map[string]int{}
	for _, b := range builds {
		for _, columns := range b.columns {
			for _, column := range columns {
				var width int
				_, kind, _ := strings.Cut(column.kind, "char(")
				if _, err := fmt.Sscanf(kind, "%d)", &width); err != nil {
					continue
				}
				if narrow, ok := widths[column.standard]; !ok || width < narrow {
					widths[column.standard] = width
				}
			}
		}
	}
	return widths
}

// pairs is one id of a row to another, where both are there.
func pairs(rows []map[string]string, from, to string) map[string]string {
	result := map[string]string{}
	for _, row := range rows {
		if isNumber(row[from]) && isNumber(row[to]) {
			result[row[from]] = row[to]
		}
	}
	return result
}

func isNumber(text string) bool { return regexp.MustCompile(`^[1-9][0-9]*$`).MatchString(text) }
