package benchmark

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// The names of England and London in the interactive tool. It divides London into inner and outer London; a council there
// is compared with London.
const (
	englandName = "England"
	londonName  = "London"
)

// listAreas lists England, the regions and the authorities that exist today, which are those with statistical neighbours.
func (p *publishedValues) listAreas(neighbours io.Reader) ([]Area, error) {
	nearest, err := readNeighbours(neighbours)
	if err != nil {
		return nil, err
	}
	regions := map[string]string{} // code by name
	for code, area := range p.areas {
		if area[1] == "NA" {
			regions[strings.ToLower(area[0])] = code
		}
	}
	var areas []Area
	for code, area := range p.areas {
		switch name, region := area[0], area[1]; {
		case region == "NA" && name == englandName:
			areas = append(areas, Area{Code: code, Type: England, Name: name})
		case region == "NA" && strings.HasPrefix(name, londonName+" ("):
		case region == "NA":
			areas = append(areas, Area{Code: code, Type: Region, Name: name})
		case nearest[code] != nil:
			if strings.HasSuffix(region, " "+londonName) {
				region = londonName
			}
			regionCode := regions[strings.ToLower(region)]
			if regionCode == "" {
				return nil, fmt.Errorf("region %s of area %s has no figures of its own among the values", region, code)
			}
			areas = append(areas, Area{Code: code, Type: Authority, Name: name, Region: regionCode, Neighbours: nearest[code]})
		}
	}
	order := map[string]int{England: 0, Region: 1, Authority: 2}
	slices.SortFunc(areas, func(a, b Area) int {
		return cmp.Or(cmp.Compare(order[a.Type], order[b.Type]), cmp.Compare(a.Code, b.Code))
	})
	return areas, nil
}

// readNeighbours reads DfE's list of statistical neighbours, or the shipped one.
func readNeighbours(from io.Reader) (map[string][]string, error) {
	nearest := map[string][]string{}
	if from == nil {
		table, _, err := Read(nil, "")
		if err != nil {
			return nil, err
		}
		for _, code := range slices.Sorted(maps.Keys(table.areas)) {
			if area := table.areas[code]; area.Type == Authority {
				nearest[code] = area.Neighbours
			}
		}
		return nearest, nil
	}
	records, err := csv.NewReader(from).ReadAll()
	if err != nil || len(records) < 2 {
		return nil, fmt.Errorf("the statistical neighbours cannot be read; give DfE's list as CSV")
	}
	header := trimByteOrderMark(records[0])
	own := slices.Index(header, "old_la_code")
	if own < 0 || !slices.Contains(header, "SN_10") {
		return nil, fmt.Errorf("the statistical neighbours need the columns old_la_code and SN_1 to SN_10")
	}
	for _, record := range records[1:] {
		for n := 1; n <= 10; n++ {
			code := record[slices.Index(header, fmt.Sprintf("SN_%d", n))]
			nearest[record[own]] = append(nearest[record[own]], code)
		}
	}
	return nearest, nil
}
