package backfill

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// noon is the timestamp of a day's values. Local midnight would move to another date
// when the clocks change.
const noon = 12 * time.Hour

// Write writes the whole history as one OpenMetrics text, sorted by family,
// series and time, as promtool needs it to lose nothing.
func (h *History) Write(to io.Writer) error { return h.write(to, 0, h.days) }

// WriteMonths writes a file per month into a directory and returns their names in
// order. promtool reads its whole input again for every block, so months take far less
// time than one file of years.
func (h *History) WriteMonths(directory string) ([]string, error) {
	if err := os.MkdirAll(directory, 0o750); err != nil {
		return nil, fmt.Errorf("cannot make %s: %w", directory, err)
	}
	var files []string
	for first := 0; first < h.days; {
		day := h.day(first)
		next := time.Date(day.Year(), day.Month()+1, 1, 0, 0, 0, 0, time.UTC)
		end := min(h.days, int(next.Sub(h.options.From)/(24*time.Hour)))
		file := filepath.Join(directory, day.Format("2006-01")+".om")
		if err := h.writeFile(file, first, end); err != nil {
			return files, fmt.Errorf("cannot write %s: %w", file, err)
		}
		files = append(files, file)
		first = end
	}
	return files, nil
}

func (h *History) writeFile(file string, first, end int) (err error) {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() {
		if closing := out.Close(); err == nil {
			err = closing
		}
	}()
	return h.write(out, first, end)
}

func (h *History) day(i int) time.Time { return h.options.From.AddDate(0, 0, i) }

func (h *History) write(to io.Writer, first, end int) error {
	out := bufio.NewWriterSize(to, 1<<16)
	family := ""
	for _, key := range h.sortedSeries() {
		entry := h.series[key]
		if !slices.Contains(entry.present[first:end], true) {
			continue
		}
		if entry.family != family {
			family = entry.family
			// A bufio.Writer keeps its first error for Flush.
			_, _ = fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", family, escape(h.help[family]), family)
		}
		for i := first; i < end; i++ {
			if entry.present[i] {
				_, _ = out.WriteString(key + " " + strconv.FormatFloat(entry.values[i], 'g', -1, 64) + " " +
					strconv.FormatInt(h.day(i).Add(noon).Unix(), 10) + "\n")
			}
		}
	}
	_, _ = out.WriteString("# EOF\n")
	return out.Flush()
}

// sortedSeries lists the series sorted by family, then by key: sorted by key alone,
// name_by_team would lie between name and name{…}.
func (h *History) sortedSeries() []string {
	keys := sorted(h.series)
	slices.SortStableFunc(keys, func(a, b string) int {
		return strings.Compare(h.series[a].family, h.series[b].family)
	})
	return keys
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
