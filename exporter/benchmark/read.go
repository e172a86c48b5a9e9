package benchmark

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"childrens-services-exporter/exporter/config"
)

// The files of a table. A council's own folder may have any of the three, whose figures replace the shipped ones.
const (
	areasFile   = "areas.csv"
	figuresFile = "figures.csv"
	extraFile   = "extra.csv"
)

// Read reads the shipped table and then a folder of the council's own, which may be nil. A row that cannot be used is left
// out and is an issue; only a damaged shipped file is an error.
func Read(own fs.FS, folder string) (*Table, []config.Issue, error) {
	table := &Table{areas: map[string]Area{}, rows: map[string]map[string]*row{}}
	var err error
	if table.mappings, err = readMappings(shipped); err != nil {
		return nil, nil, err
	}
	reader := &reader{table: table, from: shipped}
	reader.readAll()
	if len(reader.issues) > 0 {
		return nil, nil, errors.New(reader.issues[0].Message)
	}
	if own != nil {
		reader.from, reader.folder = own, folder
		reader.readAll()
	}
	return table, reader.issues, nil
}

type reader struct {
	table  *Table
	from   fs.FS
	folder string
	issues []config.Issue
}

func (r *reader) readAll() {
	for _, file := range []struct {
		name   string
		header []string
		read   func(header, record []string) error
	}{
		{areasFile, areasHeader(), r.readArea},
		{figuresFile, figuresHeader(), r.readFigures},
		{extraFile, []string{"indicator", "area", "year", "value", "source", "publication"}, r.readExtra},
	} {
		r.readFile(file.name, file.header, file.read)
	}
}

func areasHeader() []string   { return []string{"code", "type", "name", "region", "neighbours"} }
func figuresHeader() []string { return []string{"indicator", "year", "source", "publication"} }

func (r *reader) reject(file string, line int, format string, arguments ...any) {
	where := path.Join(r.folder, file)
	if line > 0 {
		where = fmt.Sprintf("%s:%d", where, line)
	}
	r.issues = append(r.issues, config.Issue{Input: "benchmarks", Message: where + ": " + fmt.Sprintf(format, arguments...)})
}

// readFile reads one file row by row. A file that does not exist leaves the figures before.
func (r *reader) readFile(name string, begins []string, read func(header, record []string) error) {
	opened, err := r.from.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		r.reject(name, 0, "cannot be read; check its rights")
		return
	}
	defer func() { _ = opened.Close() }()
	records := csv.NewReader(opened)
	header, err := records.Read()
	if err != nil || len(header) < len(begins) || !slices.Equal(header[:len(begins)], begins) {
		r.reject(name, 1, "the first line must begin with %s", strings.Join(begins, ","))
		return
	}
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		line, _ := records.FieldPos(0)
		if err == nil {
			err = read(header, record)
		} else if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
			line, err = wrong.Line, wrong.Err
		}
		if err != nil {
			r.reject(name, line, "%v; the row is left out", err)
		}
		if record == nil && err != nil && !errors.Is(err, csv.ErrFieldCount) {
			return // after a broken quote the rows cannot be separated
		}
	}
}

func (r *reader) readArea(_, record []string) error {
	area := Area{Code: record[0], Type: record[1], Name: record[2], Region: record[3], Neighbours: strings.Fields(record[4])}
	if area.Code == "" || area.Name == "" || !slices.Contains([]string{England, Region, Authority}, area.Type) {
		return fmt.Errorf("an area needs code, name and type england, region or authority")
	}
	r.table.areas[area.Code] = area
	return nil
}

// readFigures reads one indicator's year, a column for each area. A newer file replaces the indicator's years one by one.
func (r *reader) readFigures(header, record []string) error {
	published, err := r.newRow(record[0], record[1], record[2], record[3])
	if err != nil {
		return err
	}
	for i := len(figuresHeader()); i < len(record); i++ {
		if record[i] == "" {
			continue
		}
		if err := r.setValue(published, header[i], record[i]); err != nil {
			return err
		}
	}
	r.replaceRow(record[0], record[1], published)
	return nil
}

// readExtra reads one figure and adds it to its indicator's year.
func (r *reader) readExtra(_, record []string) error {
	indicator, year := record[0], record[2]
	published, err := r.newRow(indicator, year, record[4], record[5])
	if err != nil {
		return err
	}
	if existing := r.table.rows[indicator][year]; existing != nil {
		published.values = existing.values
	}
	if err := r.setValue(published, record[1], record[3]); err != nil {
		return err
	}
	r.replaceRow(indicator, year, published)
	return nil
}

func (r *reader) newRow(indicator, year, source, publication string) (*row, error) {
	switch {
	case !strings.HasPrefix(indicator, "childrens_"):
		return nil, fmt.Errorf("indicator %q does not begin with childrens_", indicator)
	case year == "":
		return nil, fmt.Errorf("indicator %s has no year; give one such as 2025 or 2023/24", indicator)
	case !regexp.MustCompile(`^20\d\d(/\d\d)?$`).MatchString(year):
		return nil, fmt.Errorf("indicator %s: year %q is not one such as 2025 or 2023/24", indicator, year)
	case source == "" || publication == "":
		return nil, fmt.Errorf("indicator %s has no source or no publication", indicator)
	}
	return &row{source: source, publication: publication, values: map[string]float64{}}, nil
}

func (r *reader) setValue(target *row, code, text string) error {
	if _, ok := r.table.areas[code]; !ok {
		return fmt.Errorf("area %q does not exist; %s lists the codes", code, areasFile)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return fmt.Errorf("the value for area %s is not a number", code)
	}
	target.values[code] = value
	return nil
}

func (r *reader) replaceRow(indicator, year string, published *row) {
	if r.table.rows[indicator] == nil {
		r.table.rows[indicator] = map[string]*row{}
	}
	r.table.rows[indicator][year] = published
}
