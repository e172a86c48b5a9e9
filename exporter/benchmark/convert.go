package benchmark

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// yearsPerMeasure is how many years of a measure Convert writes, the latest.
const yearsPerMeasure = 3

// Convert writes the table from a publication in the format of DfE's local authority interactive tool: measure, year,
// area, la_code, region, value, where a dash is a figure that is not published. Without neighbours, the shipped ones
// stay. It returns the texts of figures.csv and areas.csv.
func Convert(values, neighbours io.Reader, publication string) (figures, areas []byte, err error) {
	mappings, err := readMappings(shipped)
	if err != nil {
		return nil, nil, err
	}
	published, err := readValues(values)
	if err != nil {
		return nil, nil, err
	}
	areaList, err := published.listAreas(neighbours)
	if err != nil {
		return nil, nil, err
	}
	var rows [][]string
	for _, entry := range mappings {
		converted, err := published.convert(entry, areaList, publication)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, converted...)
	}
	slices.SortFunc(rows, func(a, b []string) int {
		return strings.Compare(a[0]+" "+a[1], b[0]+" "+b[1])
	})
	codes := make([]string, len(areaList))
	for i, area := range areaList {
		codes[i] = area.Code
	}
	return writeCSV(append(figuresHeader(), codes...), rows), areasCSV(areaList), nil
}

func areasCSV(areas []Area) []byte {
	var rows [][]string
	for _, area := range areas {
		rows = append(rows, []string{area.Code, area.Type, area.Name, area.Region, strings.Join(area.Neighbours, " ")})
	}
	return writeCSV(areasHeader(), rows)
}

func writeCSV(header []string, rows [][]string) []byte {
	var text bytes.Buffer
	writer := csv.NewWriter(&text)
	// Writing to a buffer does not fail.
	_ = writer.Write(header)
	_ = writer.WriteAll(rows)
	return text.Bytes()
}

// publishedValues is a publication as it was read.
type publishedValues struct {
	areas map[string][2]string // code: name, region
	// text is by measure, year and area code.
	text map[string]map[string]map[string]string
}

func readValues(from io.Reader) (*publishedValues, error) {
	read := &publishedValues{areas: map[string][2]string{}, text: map[string]map[string]map[string]string{}}
	records := csv.NewReader(from)
	header, err := records.Read()
	want := []string{"measure", "year", "area", "la_code", "region", "value"}
	if err != nil || !slices.Equal(trimByteOrderMark(header), want) {
		return nil, fmt.Errorf("the values must begin with the line %s", strings.Join(want, ","))
	}
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return read, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the values cannot be read: %w", err)
		}
		measure, year, code, value := record[0], record[1], record[3], record[5]
		line, _ := records.FieldPos(0)
		if year == "" {
			return nil, fmt.Errorf("line %d of the values: measure %s has no year", line, measure)
		}
		read.areas[code] = [2]string{record[2], record[4]}
		if value == "-" {
			continue
		}
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			return nil, fmt.Errorf("line %d of the values: measure %s is neither a number nor a dash", line, measure)
		}
		if read.text[measure] == nil {
			read.text[measure] = map[string]map[string]string{}
		}
		if read.text[measure][year] == nil {
			read.text[measure][year] = map[string]string{}
		}
		read.text[measure][year][code] = value
	}
}

// trimByteOrderMark removes a byte order mark from the first field.
func trimByteOrderMark(header []string) []string {
	if len(header) > 0 {
		header[0] = strings.TrimPrefix(header[0], "\ufeff")
	}
	return header
}

// convert makes an indicator's rows, one for each of its latest years.
func (p *publishedValues) convert(entry mapping, areas []Area, publication string) ([][]string, error) {
	years := map[string]bool{}
	for _, measure := range entry.Measures {
		if p.text[measure] == nil {
			return nil, fmt.Errorf("measure %s of %s is not among the values", measure, entry.Indicator)
		}
		for year := range p.text[measure] {
			years[year] = true
		}
	}
	sorted := slices.Sorted(maps.Keys(years))
	var rows [][]string
	for _, year := range sorted[max(0, len(sorted)-yearsPerMeasure):] {
		row := []string{entry.Indicator, year, entry.Source, publication}
		for _, area := range areas {
			value, err := p.value(entry, year, area.Code)
			if err != nil {
				return nil, err
			}
			row = append(row, value)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// value is a figure as the table has it, empty where any part of it is not published.
func (p *publishedValues) value(entry mapping, year, code string) (string, error) {
	sum := 0.0
	for _, measure := range entry.Measures {
		text, ok := p.text[measure][year][code]
		if !ok {
			return "", nil
		}
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return "", err
		}
		sum += value
	}
	switch entry.Scale {
	case percent:
		sum /= 100
	case complementOfPercent:
		sum = 1 - sum/100
	}
	// Ten digits round off the error of a binary fraction, as in 22.6 / 100.
	return strconv.FormatFloat(sum, 'g', 10, 64), nil
}
