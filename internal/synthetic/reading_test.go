package synthetic

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// row is a line of a written table, read by column.
type row struct {
	line []string
	at   map[string]int
}

func (r row) cell(column string) string { return r.line[r.at[column]] }

func lastDay() time.Time { return time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC) }

func written(t *testing.T, profile string, seed uint64) (string, Summary) {
	t.Helper()
	p, err := FindProfile(profile)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	summary, err := Write(dir, p, seed, lastDay())
	if err != nil {
		t.Fatal(err)
	}
	return dir, summary
}

func read(t *testing.T, dir, source, name string) []row {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, source, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, column := range lines[0] {
		at[column] = i
	}
	rows := make([]row, 0, len(lines)-1)
	for _, line := range lines[1:] {
		rows = append(rows, row{line, at})
	}
	return rows
}

// open reports whether a row runs on a day, reading the sentinels as no end.
func (r row) open(starts, ends string, on string) bool {
	from, to := r.cell(starts), r.cell(ends)
	if len(from) < 10 || from[:10] > on {
		return false
	}
	return to == "" || to[:10] < "1900-01-03" || to[:10] > on
}

// distinct counts the values of a column in the rows that pass.
func distinct(rows []row, column string, pass func(row) bool) int {
	seen := map[string]bool{}
	for _, r := range rows {
		if pass(r) {
			seen[r.cell(column)] = true
		}
	}
	return len(seen)
}

func moment(text string) (time.Time, bool) {
	if len(text) < 10 || text[:10] < "1900-01-03" {
		return time.Time{}, false
	}
	at, err := time.Parse("2006-01-02", text[:10])
	return at, err == nil
}
