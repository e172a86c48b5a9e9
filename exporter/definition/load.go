// Package definition holds the definitions of cohorts and indicators: it reads
// them from pairs of .sql and .yaml files, checks them strictly and writes the
// handbook. Package query, below it, compiles them to SQL.
package definition

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/config/strictyaml"
)

//go:embed topics
var topics embed.FS

// Catalogue is every cohort and limit, checked.
type Catalogue struct {
	// Cohorts are sorted by name.
	Cohorts []*Cohort
	Limits  map[string]Limit
	// Authority is the council; its area codes are the relation authority_area.
	Authority config.Authority
	// Populations are those that rates are taken on.
	Populations config.Populations
}

// Embedded returns the definitions that ship with the exporter.
func Embedded() fs.FS {
	sub, err := fs.Sub(topics, "topics")
	if err != nil {
		// fs.Sub fails on an invalid path only, and the path is a constant.
		panic(err)
	}
	return sub
}

// Load reads layers of definitions; a pair of files in a later layer replaces
// the pair of the same name in an earlier one, and any limits.yaml adds to or
// replaces limits. Every error names file and, where there is one, line.
func Load(settings config.Settings, layers ...fs.FS) (*Catalogue, error) {
	limits := map[string]Limit{}
	cohorts := map[string]cohortPair{}
	for _, layer := range layers {
		limitsOfLayer := map[string]Limit{}
		if err := scanLayer(layer, cohorts, limitsOfLayer); err != nil {
			return nil, err
		}
		maps.Copy(limits, limitsOfLayer)
	}
	if err := applyLimits(settings, limits); err != nil {
		return nil, err
	}
	catalogue := &Catalogue{Limits: limits, Authority: settings.Authority, Populations: settings.Populations}
	for _, name := range slices.Sorted(maps.Keys(cohorts)) {
		cohort, err := cohorts[name].load(limits)
		if err != nil {
			return nil, err
		}
		catalogue.Cohorts = append(catalogue.Cohorts, cohort)
	}
	if err := catalogue.checkFamilies(); err != nil {
		return nil, err
	}
	if err := applyReferences(settings, catalogue); err != nil {
		return nil, err
	}
	return catalogue, checkPopulations(settings, catalogue)
}

// cohortPair is where a cohort's two files are.
type cohortPair struct {
	layer fs.FS
	name  string
}

func scanLayer(layer fs.FS, pairs map[string]cohortPair, limits map[string]Limit) error {
	return fs.WalkDir(layer, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s: cannot be read: %w", file, err)
		}
		if strings.HasPrefix(entry.Name(), ".") && file != "." {
			// An editor's copy, or the hidden folder behind a mounted ConfigMap.
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		extension := path.Ext(file)
		if path.Base(file) == "limits.yaml" {
			return loadLimits(layer, file, limits)
		}
		if entry.IsDir() || extension != ".yaml" && extension != ".sql" {
			return nil
		}
		name := strings.TrimSuffix(file, extension)
		if strings.Count(name, "/") != 1 {
			return fmt.Errorf("%s: a definition belongs in a topic folder, as in child_protection/plans%s", file, extension)
		}
		other := map[string]string{".yaml": ".sql", ".sql": ".yaml"}[extension]
		if _, err := fs.Stat(layer, name+other); err != nil {
			return fmt.Errorf("%s: its other half %s is missing; a cohort is a pair of files", file, path.Base(name)+other)
		}
		pairs[name] = cohortPair{layer, name}
		return nil
	})
}

func (p cohortPair) load(limits map[string]Limit) (*Cohort, error) {
	file := p.name + ".yaml"
	var input cohortFile
	if err := strictyaml.DecodeFile(p.layer, file, &input); err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(p.layer, p.name+".sql")
	if err != nil {
		return nil, fmt.Errorf("%s.sql: cannot be read: %w", p.name, err)
	}
	sql := strings.TrimRight(strings.TrimSpace(string(text)), ";")
	if len(Identifiers(sql)) == 0 {
		return nil, fmt.Errorf("%s.sql: is empty; write the SELECT that gives the cohort's rows", p.name)
	}
	return builder{path: file, input: input, limits: limits}.cohort(p.name, sql)
}

// Indicators lists every indicator in the order of cohorts and files.
func (c *Catalogue) Indicators() []*Indicator {
	var all []*Indicator
	for _, cohort := range c.Cohorts {
		all = append(all, cohort.Indicators...)
	}
	return all
}

// Indicator finds one by its family name.
func (c *Catalogue) Indicator(name string) (*Indicator, error) {
	for _, indicator := range c.Indicators() {
		if indicator.Name == name {
			return indicator, nil
		}
	}
	return nil, fmt.Errorf("no indicator %q; the command catalogue lists them", name)
}

// checkFamilies refuses two indicators of one name, and two that would publish
// the same family.
func (c *Catalogue) checkFamilies() error {
	byName, owners := map[string]*Indicator{}, map[string]*Indicator{}
	for _, indicator := range c.Indicators() {
		if other := byName[indicator.Name]; other != nil {
			return fmt.Errorf("%s.yaml: indicator %s is in %s.yaml already; rename one",
				indicator.Cohort.Name, indicator.Name, other.Cohort.Name)
		}
		byName[indicator.Name] = indicator
		for _, family := range indicator.Families() {
			if other := owners[family.Name]; other != nil {
				return fmt.Errorf("%s.yaml: indicator %s publishes %s, which %s of %s.yaml already does",
					indicator.Cohort.Name, indicator.Name, family.Name, other.Name, other.Cohort.Name)
			}
			owners[family.Name] = indicator
		}
	}
	return nil
}
