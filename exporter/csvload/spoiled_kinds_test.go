package csvload_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"childrens-services-exporter/exporter/csvload"
)

func spoiledSets() (sets []spoiled) {
	sets = append(sets, spoiledDates()...)
	sets = append(sets, spoiledIdentifiers()...)
	sets = append(sets, spoiledWords()...)
	sets = append(sets, spoiledFiles()...)
	return append(sets, brokenFiles()...)
}

func spoiledDates() (sets []spoiled) {
	serial := func(d time.Time) string {
		switch d.Year() {
		case 1900:
			return "1"
		case 9999: // too far for a duration
			return "2958465"
		}
		return strconv.Itoa(int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
	}
	layout := func(text string) func(time.Time) string { return func(d time.Time) string { return d.Format(text) } }
	forms := []struct {
		name  string
		want  outcome
		write func(time.Time) string
	}{
		{"2026-04-01T00:00:00", equal, layout("2006-01-02T15:04:05")},
		{"2026-04-01 00:00:00.0000000", equal, layout("2006-01-02 15:04:05.0000000")},
		{"2026-04-01 00:00:00 +01:00", equal, func(d time.Time) string { return inLondon(d).Format("2006-01-02 15:04:05 -07:00") }},
		{"2026/04/01", equal, layout("2006/01/02")},
		{"20260401", equal, layout("20060102")},
		{"01/04/2026", equal, layout("02/01/2006")},
		{"1/4/2026", equal, layout("2/1/2006")},
		{"1/4/2026 00:00", equal, layout("2/1/2006 15:04")},
		{"01/04/2026 12:00:00 AM", equal, layout("02/01/2006 03:04:05 PM")},
		{"01.04.2026", equal, layout("02.01.2006")},
		{"01-04-2026", equal, layout("02-01-2006")},
		{"01 Apr 2026", equal, layout("02 Jan 2006")},
		{"1 April 2026", equal, layout("2 January 2006")},
		{"Apr  1 2026 12:00AM", equal, layout("Jan _2 2006 03:04PM")},
		{"01-APR-26", equalOrRefused, func(d time.Time) string { return strings.ToUpper(d.Format("02-Jan-06")) }},
		{"46113", equal, serial},
		{"46113.0", equal, func(d time.Time) string { return serial(d) + ".0" }},
		{"month first, alone in the extract", equal, layout("1/2/2006 3:04:05 PM")},
		{"padded", equal, func(d time.Time) string { return d.Format("2006-01-02") + "      " }},
		{"01/04/26", refused, layout("02/01/06")},
		{"26/04/01", refused, layout("06/01/02")},
		{"epoch", refused, func(d time.Time) string { return strconv.FormatInt(d.UnixMilli(), 10) }},
		{"April 2026", refused, layout("January 2006")},
		{"2026-02-30", refused, func(time.Time) string { return "2026-02-30" }},
		{"0026-04-01", refused, func(d time.Time) string { return "00" + d.Format("06-01-02") + " " }},
		{"every day 12 or less", refused, func(d time.Time) string { return fmt.Sprintf("%02d/%02d/%d", d.Day()%11+1, d.Day()%11+2, d.Year()) }},
		{"half turned into numbers", refused, func(d time.Time) string {
			if d.Day() <= 12 {
				return serial(d)
			}
			return d.Format("02/01/2006")
		}},
		{"half turned round", refused, func(d time.Time) string {
			if d.Year()%2 == 0 {
				return d.Format("01/02/2006")
			}
			return d.Format("02/01/2006")
		}},
	}
	places := []string{"ssd_cin_episodes.cine_close_date", "ssd_cp_plans.cppl_cp_plan_start_date", "ehc_plan.start_date"}
	for _, form := range forms {
		for _, place := range places {
			sets = append(sets, spoiled{name: form.name + " in " + place, want: form.want, rewrite: func(s extractSet) {
				s.change(place, rewriteDate(form.write))
			}})
		}
	}
	for i, place := range places {
		other := places[(i+1)%len(places)]
		sets = append(sets, spoiled{name: "month first among day first in " + place, want: refused, rewrite: func(s extractSet) {
			s.change(place, rewriteDate(layout("01/02/2006")))
			s.change(other, rewriteDate(layout("02/01/2006")))
		}}, spoiled{name: "month first against the setting in " + place, want: refused,
			rewrite: func(s extractSet) { s.change(place, rewriteDate(layout("01/02/2006"))) },
			options: func(o *csvload.Options) { o.Dates = csvload.DayFirst },
		}, spoiled{name: "one date that is none in " + place, want: refused, rewrite: func(s extractSet) {
			s.change(place, func(row int, was string) string {
				if row == 7 {
					return "see notes"
				}
				return was
			})
		}})
	}
	return sets
}

// inLondon is the start of a day in London, with the offset of that day.
func inLondon(d time.Time) time.Time {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, zone)
}

func rewriteDate(write func(time.Time) string) func(int, string) string {
	return func(_ int, was string) string {
		if was == "" {
			return ""
		}
		d, err := time.Parse("2006-01-02", was[:10])
		if err != nil {
			panic(err)
		}
		return write(d)
	}
}

func spoiledIdentifiers() (sets []spoiled) {
	kinds := []struct {
		name  string
		want  outcome
		write func(row int, was string) string
	}{
		{"3.01004E+11", refused, func(int, string) string { return "3.01004E+11" }},
		{"3E+11 once", refused, func(row int, was string) string {
			if row == 9 {
				return "3E+11"
			}
			return was
		}},
		{"100369.0", refused, func(_ int, _ string) string { return "100369.0" }},
		{"100,369", refused, func(_ int, _ string) string { return "100,369" }},
		{"#REF!", refused, func(_ int, _ string) string { return "#REF!" }},
		{"########", refused, func(_ int, _ string) string { return "########" }},
		{"too long", refused, func(_ int, was string) string { return was + strings.Repeat("0", 48) }},
		{"padded", equal, func(_ int, was string) string { return was + "   " }},
		{"with unbreakable blanks", equal, func(_ int, was string) string { return "\u00a0" + was + "\u00a0" }},
		{"empty", refused, func(row int, was string) string {
			if row == 3 {
				return ""
			}
			return was
		}},
	}
	places := []string{"ssd_person.pers_person_id", "ssd_cin_episodes.cine_referral_id", "ehc_plan.plan_id"}
	for _, kind := range kinds {
		for _, place := range places {
			sets = append(sets, spoiled{name: "identifiers " + kind.name + " in " + place, want: kind.want, rewrite: func(s extractSet) {
				s.change(place, kind.write)
			}})
		}
	}
	for _, place := range []string{"ssd_person.pers_person_id", "ssd_cin_episodes.cine_referral_id", "ehc_plan.pupil_id"} {
		sets = append(sets, spoiled{name: "zeros in front in " + place + " alone", want: refused, rewrite: func(s extractSet) {
			s.change("ehc_plan.pupil_id", digits)
			s.change("ehe_episode.pupil_id", digits)
			s.change(place, func(_ int, was string) string { return "000" + digits(0, was) })
		}})
	}
	return sets
}

// digits leaves the digits of an identifier.
func digits(_ int, was string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, was)
}

func spoiledWords() (sets []spoiled) {
	for _, word := range []string{"NULL", "null", "NULL       ", "(null)", "N/A", "NaT", "None", "nan", "NaN", `\N`, "   ", "\x00"} {
		for _, place := range []string{"ssd_cin_episodes.cine_close_date", "ssd_cp_plans.cppl_referral_id", "ehe_episode.end_reason"} {
			sets = append(sets, spoiled{name: fmt.Sprintf("%q for nothing in %s", word, place), rewrite: func(s extractSet) {
				s.change(place, func(_ int, was string) string {
					if was == "" {
						return word
					}
					return was
				})
			}})
		}
	}
	for _, bit := range []map[string]string{{"Y": "True", "N": "False", "true": "True", "false": "False"}, {"Y": "TRUE", "N": "FALSE", "true": "1", "false": "0"}} {
		for _, place := range []string{"ssd_cin_episodes.cine_referral_nfa", "ssd_cp_plans.cppl_cp_plan_ola", "school.has_sixth_form"} {
			sets = append(sets, spoiled{name: bit["Y"] + " for Y in " + place, rewrite: func(s extractSet) {
				s.change(place, func(_ int, was string) string {
					if bit[was] != "" {
						return bit[was]
					}
					return was
				})
			}})
		}
	}
	for _, place := range []string{"ssd_cin_episodes.cine_cin_primary_need_code", "ssd_cp_plans.cppl_cp_plan_ola", "school.type_code"} {
		sets = append(sets, spoiled{name: "a code that does not fit in " + place, want: refused, rewrite: func(s extractSet) {
			s.change(place, func(row int, was string) string {
				if row == 5 {
					return "unknown"
				}
				return was
			})
		}})
	}
	return sets
}

func spoiledFiles() (sets []spoiled) {
	kinds := []struct {
		name, ending string
		write        func(s extractSet, table string) []byte
	}{
		{"byte order mark", "", func(s extractSet, table string) []byte { return []byte("\ufeff" + s.text(table, ',')) }},
		{"UTF-16 little-endian", "", func(s extractSet, table string) []byte { return toUTF16("\ufeff"+s.text(table, ','), false) }},
		{"UTF-16 big-endian", "", func(s extractSet, table string) []byte { return toUTF16("\ufeff"+s.text(table, ','), true) }},
		{"UTF-16 without a mark", "", func(s extractSet, table string) []byte { return toUTF16(s.text(table, ','), false) }},
		{"Windows-1252", "", func(s extractSet, table string) []byte {
			text, err := charmap.Windows1252.NewEncoder().String(s.text(table, ','))
			if err != nil {
				panic(err)
			}
			return []byte(text)
		}},
		{"CR LF", "", func(s extractSet, table string) []byte {
			return []byte(strings.ReplaceAll(s.text(table, ','), "\n", "\r\n"))
		}},
		{"CR", "", func(s extractSet, table string) []byte {
			return []byte(strings.ReplaceAll(s.text(table, ','), "\n", "\r"))
		}},
		{"semicolons", "", func(s extractSet, table string) []byte { return []byte(s.text(table, ';')) }},
		{"tabs", "", func(s extractSet, table string) []byte { return []byte(s.text(table, '\t')) }},
		{"pipes", "", func(s extractSet, table string) []byte { return []byte(s.text(table, '|')) }},
		{"sep=;", "", func(s extractSet, table string) []byte { return []byte("sep=;\r\n" + s.text(table, ';')) }},
		{"sep=^", "", func(s extractSet, table string) []byte { return []byte("sep=^\r\n" + s.text(table, '^')) }},
		{"#TYPE", "", func(s extractSet, table string) []byte {
			return []byte("#TYPE System.Data.DataRow\r\n" + s.text(table, ','))
		}},
		{"sqlcmd", "", func(s extractSet, table string) []byte {
			rows := s[table]
			ruler := make([]string, len(rows[0]))
			for i := range ruler {
				ruler[i] = "----------"
			}
			s[table] = append([][]string{rows[0], ruler}, rows[1:]...)
			return []byte(fmt.Sprintf("%s\n(%d rows affected)\n", s.text(table, ','), len(rows)-1))
		}},
		{"rows of nothing at the end", "", func(s extractSet, table string) []byte {
			return []byte(s.text(table, ',') + strings.Repeat(strings.Repeat(",", len(s[table][0])-1)+"\n", 5))
		}},
		{"gzip", ".csv.gz", func(s extractSet, table string) []byte { return toGzip(s.text(table, ',')) }},
		{"zip", ".zip", func(s extractSet, table string) []byte {
			return toZip(map[string]string{table + ".csv": s.text(table, ',')})
		}},
	}
	for _, kind := range kinds {
		for _, table := range []string{"ssd_person", "ssd_department", "school"} {
			sets = append(sets, spoiled{name: kind.name + " in " + table, file: table, rename: renamed(table, kind.ending),
				write: func(s extractSet) []byte { return kind.write(s, table) }})
		}
	}
	return sets
}

func renamed(table, ending string) string {
	if ending == "" {
		return ""
	}
	return table + ending
}

func brokenFiles() (sets []spoiled) {
	header := func(text string) (first, rest string) {
		first, rest, _ = strings.Cut(text, "\n")
		return first + "\n", rest
	}
	kinds := []struct {
		name, ending string
		write        func(text, table string) []byte
		limit        int64
	}{
		{"header only", "", func(text, _ string) []byte { first, _ := header(text); return []byte(first) }, 0},
		{"a third of the rows", "", func(text, _ string) []byte {
			lines := strings.SplitAfter(text, "\n")
			return []byte(strings.Join(lines[:1+len(lines)/3], ""))
		}, 0},
		{"no header", "", func(text, _ string) []byte { _, rest := header(text); return []byte(rest) }, 0},
		{"nothing at all", "", func(string, string) []byte { return nil }, 0},
		{"a row too wide", "", func(text, _ string) []byte { return []byte(text + strings.Repeat("x,", 60) + "x\n") }, 0},
		{"cut in its last row", "", func(text, _ string) []byte { return []byte(text + "9999") }, 0},
		{"an open quotation mark", "", func(text, _ string) []byte { return []byte(text + "\"open,") }, 0},
		{"two exports", "", func(text, _ string) []byte { return []byte(text + text) }, 0},
		{"two exports of sqlcmd", "", func(text, _ string) []byte { return []byte(text + "\n(119 rows affected)\n" + text) }, 0},
		{"fewer rows than counted", "", func(text, _ string) []byte { return []byte(text + "\n(2242 rows affected)\n") }, 0},
		{"two encodings", "", func(text, _ string) []byte { return []byte(strings.Replace(text, "\n", "\nChlo\xe9,", 1) + "é") }, 0},
		{"a byte of no encoding", "", func(text, _ string) []byte {
			return []byte(strings.NewReplacer("é", "\x81", "ë", "\x81", "’", "", "ô", "\x81", "ÿ", "").Replace(text))
		}, 0},
		{"half a character of UTF-16", "", func(text, _ string) []byte { return append(toUTF16("\ufeff"+text, false), 0) }, 0},
		{"old Mac lines among others", "", func(text, _ string) []byte {
			lines := strings.SplitAfter(text, "\n")
			lines[3] = strings.ReplaceAll(lines[3], "\n", "\r")
			return []byte(strings.Join(lines, ""))
		}, 0},
		{"a damaged gzip", ".csv.gz", func(text, _ string) []byte { packed := toGzip(text); return packed[:len(packed)/2] }, 0},
		{"a damaged zip", ".zip", func(text, table string) []byte {
			packed := toZip(map[string]string{table + ".csv": text})
			return packed[:len(packed)/2]
		}, 0},
		{"a zip of two files", ".zip", func(text, table string) []byte {
			return toZip(map[string]string{table + ".csv": text, "other.csv": text})
		}, 0},
		{"a zip that unpacks to too much", ".zip", func(text, table string) []byte {
			return toZip(map[string]string{table + ".csv": text + strings.Repeat("\n", 2_000_000)})
		}, 1_000_000},
		{"another file type", ".xls", func(text, _ string) []byte { return []byte(text) }, 0},
	}
	for _, kind := range kinds {
		for _, table := range []string{"ssd_person", "ssd_department", "school"} {
			sets = append(sets, spoiled{name: kind.name + " in " + table, want: refused, file: table, rename: renamed(table, kind.ending),
				write:   func(s extractSet) []byte { return kind.write(s.text(table, ','), table) },
				options: func(o *csvload.Options) { o.UnpackLimit = kind.limit }})
		}
	}
	return sets
}

func toUTF16(text string, bigEndian bool) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if bigEndian {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return out
}

func toGzip(text string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return out.Bytes()
}

func toZip(files map[string]string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			panic(err)
		}
		_, _ = f.Write([]byte(text))
	}
	_ = w.Close()
	return out.Bytes()
}
