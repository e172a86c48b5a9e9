package report

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"time"
)

//go:embed report.html
var pageText string

//go:embed report.css
var style string

// WriteHTML writes the page. It holds no script and asks for nothing from
// elsewhere.
func (r *Report) WriteHTML(to io.Writer) error {
	page, err := template.New("report").Funcs(template.FuncMap{
		"css":    func(text string) template.CSS { return template.CSS(text) },
		"plural": plural,
		"words":  strings.Fields,
	}).Parse(pageText)
	if err != nil {
		return fmt.Errorf("the report's template: %w", err)
	}
	if err := page.Execute(to, r); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func plural(n int, item, more string) string {
	if n == 1 {
		return "1 " + item
	}
	return strconv.Itoa(n) + " " + more
}

// WriteCSV writes a row for each indicator and period on the page.
func (r *Report) WriteCSV(to io.Writer) error {
	// A spreadsheet takes a file without this mark for one without accents.
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return fmt.Errorf("write the report's table: %w", err)
	}
	out := csv.NewWriter(to)
	rows := [][]string{{
		"chapter", "indicator", "reference", "title", "unit", "period", "starts", "ends", "to_date", "value", "numerator", "denominator", "hidden",
		"target", "status", "statistical_neighbours", "region", "england", "england_year", "commentary", "author_role", "action", "definition_version",
	}}
	for _, chapter := range r.Chapters {
		for _, line := range chapter.Lines {
			for i, cell := range line.Cells {
				if cell.Rating != nil || cell.Hidden {
					rows = append(rows, r.row(chapter, line, i, cell))
				}
			}
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write the report's table: %w", err)
	}
	return nil
}

func (r *Report) row(chapter Chapter, line *Line, i int, cell Cell) []string {
	indicator := line.Indicator
	label := cell.Label
	if label == "" {
		label = r.Columns[i]
	}
	row := []string{chapter.Title, indicator.Name, line.Reference, indicator.Title, indicator.Unit, label}
	if rating := cell.Rating; rating != nil {
		row = append(row, rating.Period.Starts.Format(time.DateOnly), rating.Period.Ends.Format(time.DateOnly), strconv.FormatBool(rating.Offset == 0),
			formatExact(rating.Observation.Value), formatExact(rating.Observation.Numerator), formatExact(rating.Observation.Denominator), "")
	} else {
		row = append(row, "", "", "", "", "", "", "hidden")
	}
	if i < len(line.Cells)-1 {
		row = append(row, "", "", "", "", "", "", "", "", "")
	} else {
		row = append(row, formatExact(line.TargetAt), line.Status.Word)
		row = append(row, line.publishedFigures()...)
		remark := line.Commentary
		if remark == nil {
			row = append(row, "", "", "")
		} else {
			row = append(row, remark.Text, remark.Role, remark.Action)
		}
	}
	row = append(row, strconv.Itoa(indicator.Version))
	for i, text := range row {
		row[i] = escapeFormula(text)
	}
	return row
}

// publishedFigures are the figures of neighbours, region and England, and England's year.
func (l *Line) publishedFigures() []string {
	figures := []string{"", "", "", ""}
	for _, item := range l.Compared {
		text := strconv.FormatFloat(item.Value, 'g', -1, 64)
		switch item.Who {
		case neighbours:
			figures[0] = text
		case "England":
			figures[2], figures[3] = text, item.Year
		default:
			figures[1] = text
		}
	}
	return figures
}

func formatExact(value *float64) string {
	if value == nil {
		return ""
	}
	return strconv.FormatFloat(*value, 'g', -1, 64)
}

// escapeFormula keeps a spreadsheet from running a text that begins like a formula.
func escapeFormula(text string) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return text
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	return "'" + text
}
