// Package benchmark compares a council with its statistical neighbours, its region and England, by published figures. The
// table of figures comes with the exporter and is written by [Convert]; a council may add a newer one.
package benchmark

import (
	"cmp"
	"embed"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

//go:embed mapping.yaml areas.csv figures.csv extra.csv
var shipped embed.FS

// The types of area that a council is compared with.
const (
	England    = "england"
	Region     = "region"
	Neighbour  = "statistical_neighbour"
	Neighbours = "statistical_neighbour_mean"
	Authority  = "authority"
)

// Area is an authority, a region or England, by the code that DfE gives it.
type Area struct {
	Code, Type, Name string
	// Region is the code of an authority's region.
	Region string
	// Neighbours are the codes of its ten statistical neighbours, the nearest first.
	Neighbours []string
}

// row is the publication of one indicator for one year.
type row struct {
	source, publication string
	values              map[string]float64 // by area code
}

// Table holds all figures, by indicator and year.
type Table struct {
	areas    map[string]Area
	rows     map[string]map[string]*row
	mappings []mapping
}

// Figure is one published value that a council's own is compared with.
type Figure struct {
	Indicator, AreaType, Area, Year string
	Value                           float64
	// Latest is true for the latest year published of the indicator.
	Latest bool
}

// Rank is a council's place among the authorities with a figure.
type Rank struct {
	Indicator, Year    string
	Place, Authorities int
}

// Publication is the source of the figures of a year.
type Publication struct {
	Indicator, Year, Source, Publication string
	Latest                               bool
}

// View is the part of the table that one council is compared with.
type View struct {
	Figures      []Figure
	Ranks        []Rank
	Publications []Publication
}

// minNeighbours is how many neighbours with a figure a mean needs: half of the ten.
const minNeighbours = 5

// For is the view of a council, or that of England for code 0 and for a code that is no authority's. The function rank
// returns whether an indicator is ranked and whether the smallest figure comes first. An indicator whose size is that
// of the council, such as a count, is not ranked.
func (t *Table) For(laCode int, rank func(indicator string) (ranked, lowerBetter bool)) View {
	var view View
	own := t.areas[strconv.Itoa(laCode)]
	for _, indicator := range slices.Sorted(maps.Keys(t.rows)) {
		years := slices.Sorted(maps.Keys(t.rows[indicator]))
		for i, year := range years {
			published, latest := t.rows[indicator][year], i == len(years)-1
			view.Figures = append(view.Figures, t.figures(indicator, year, published, own, latest)...)
			view.Publications = append(view.Publications, Publication{indicator, year, published.source, published.publication, latest})
			if ranked, lowerBetter := rank(indicator); ranked && latest && own.Type == Authority {
				if place, authorities, ok := t.rank(published, own.Code, lowerBetter); ok {
					view.Ranks = append(view.Ranks, Rank{indicator, year, place, authorities})
				}
			}
		}
	}
	return view
}

func (t *Table) figures(indicator, year string, published *row, own Area, latest bool) []Figure {
	var figures []Figure
	add := func(areaType, code string) {
		if value, ok := published.values[code]; ok {
			figures = append(figures, Figure{indicator, areaType, t.areas[code].Name, year, value, latest})
		}
	}
	for _, area := range t.areas {
		if area.Type == England {
			add(England, area.Code)
		}
	}
	if own.Type != Authority {
		return figures
	}
	add(Authority, own.Code)
	add(Region, own.Region)
	sum, count := 0.0, 0
	for _, code := range own.Neighbours {
		add(Neighbour, code)
		if value, ok := published.values[code]; ok {
			sum, count = sum+value, count+1
		}
	}
	if count >= minNeighbours {
		mean, _ := strconv.ParseFloat(strconv.FormatFloat(sum/float64(count), 'g', 6, 64), 64)
		figures = append(figures, Figure{indicator, Neighbours, "Statistical neighbours", year, mean, latest})
	}
	return figures
}

// rank is the place of an authority among those with a figure; equal figures share a place.
func (t *Table) rank(published *row, code string, lowerBetter bool) (place, authorities int, ok bool) {
	own, ok := published.values[code]
	if !ok {
		return 0, 0, false
	}
	place = 1
	for other, value := range published.values {
		if t.areas[other].Type != Authority {
			continue
		}
		authorities++
		if order := cmp.Compare(value, own); order < 0 && lowerBetter || order > 0 && !lowerBetter {
			place++
		}
	}
	return place, authorities, true
}

// IsAuthority reports whether a code is that of one of the 153 authorities.
func (t *Table) IsAuthority(laCode int) bool {
	return t.areas[strconv.Itoa(laCode)].Type == Authority
}

// Indicators lists the indicators with a figure, in order.
func (t *Table) Indicators() []string { return slices.Sorted(maps.Keys(t.rows)) }

// Note is the handbook's text on the source of an indicator's figures and on how the published measure differs, or that
// there is none.
func (t *Table) Note(indicator string) string {
	years := t.rows[indicator]
	if len(years) == 0 {
		return "none: nothing comparable is published nationally"
	}
	last := slices.Sorted(maps.Keys(years))[len(years)-1]
	var note strings.Builder
	note.WriteString(years[last].source + " (" + years[last].publication + "), latest " + last)
	for _, mapping := range t.mappings {
		if mapping.Indicator == indicator {
			note.WriteString(". How it differs: " + strings.TrimSpace(mapping.Difference))
		}
	}
	return note.String()
}

// Shipped returns the files of the table that comes with the exporter.
func Shipped() fs.FS { return shipped }
