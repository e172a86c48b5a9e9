package mutation

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/csvload/schema"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/staging"
)

// Where the two kinds of definitions lie in the repository.
const (
	cohortFolder   = "exporter/definition/topics/"
	stagingFolder  = "exporter/staging/"
	relationFolder = stagingFolder + "relations/"
)

// Definitions are the files that decide what a number is, by their path in the repository.
type Definitions struct {
	files   map[string]string
	cohorts map[string]*definition.Cohort
	// touched is the cohorts that a staging relation, given as source/relation, or a limit has a part in.
	touched map[string][]string
}

// ReadDefinitions reads those that ship with the exporter.
func ReadDefinitions() (*Definitions, error) {
	d := &Definitions{files: map[string]string{}, cohorts: map[string]*definition.Cohort{}, touched: map[string][]string{}}
	for folder, files := range map[string]fs.FS{cohortFolder: definition.Embedded(), stagingFolder: staging.Embedded()} {
		err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := fs.ReadFile(files, file)
			d.files[folder+file] = string(text)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	loaded, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		return nil, err
	}
	for _, cohort := range loaded.Cohorts {
		d.cohorts[cohort.Name] = cohort
		names := d.names(cohort)
		for name := range names {
			d.touched[cohort.Source+"/"+name] = append(d.touched[cohort.Source+"/"+name], cohort.Name)
		}
		for limit := range loaded.Limits {
			if names[limit] || strings.Contains(d.files[cohortFolder+cohort.Name+".yaml"], "limit."+limit) {
				d.touched[limit] = append(d.touched[limit], cohort.Name)
			}
		}
	}
	return d, nil
}

// names are the words of a cohort's SQL and of every derived relation below it.
func (d *Definitions) names(cohort *definition.Cohort) map[string]bool {
	words := map[string]bool{}
	var visit func(sql string)
	visit = func(sql string) {
		for name := range definition.Identifiers(sql) {
			if words[name] {
				continue
			}
			words[name] = true
			visit(d.files[relationFolder+cohort.Source+"/"+name+".sql"])
		}
	}
	visit(cohort.SQL)
	return words
}

// Mutants makes every mutant of every file, in the order of the files.
func (d *Definitions) Mutants() ([]Mutant, error) {
	types, err := columnTypes()
	if err != nil {
		return nil, err
	}
	var all []Mutant
	for _, file := range slices.Sorted(maps.Keys(d.files)) {
		var ofFile []Mutant
		text := d.files[file]
		switch {
		case strings.HasPrefix(file, stagingFolder+"codes/"):
			continue // each word is a golden case of its own, or would be
		case path.Ext(file) == ".sql":
			ofFile = SQL(file, text)
		case path.Base(file) == "limits.yaml":
			ofFile, err = Limits(file, text)
		case strings.HasPrefix(file, stagingFolder):
			ofFile, err = Staging(file, text, types)
		default:
			ofFile, err = Measures(file, text)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, ofFile...)
	}
	return all, nil
}

// columnTypes gives the type of each column of the tables that extracts are loaded into.
func columnTypes() (map[string]string, error) {
	types := map[string]string{}
	for _, group := range []string{"social_care", "education", "local"} {
		tables, err := schema.Tables(group)
		if err != nil {
			return nil, err
		}
		for _, table := range tables {
			for _, column := range table.Columns {
				types[table.Name+"."+column.Name] = column.Type
			}
		}
	}
	return types, nil
}

// Cohorts are those whose numbers a mutant may change.
func (d *Definitions) Cohorts(m Mutant) []string {
	if name, staging := strings.CutPrefix(m.File, relationFolder); staging {
		if m.Part != "" {
			return d.touched[path.Dir(name)+"/"+m.Part]
		}
		return d.touched[strings.TrimSuffix(name, ".sql")]
	}
	if path.Base(m.File) == "limits.yaml" {
		return d.touched[m.Part]
	}
	return []string{strings.TrimSuffix(strings.TrimPrefix(m.File, cohortFolder), path.Ext(m.File))}
}

// catalogueOf holds the pairs of the cohorts and all limits, with the mutant's text in place.
func (d *Definitions) catalogueOf(cohorts []string, m Mutant) fs.FS {
	files := fstest.MapFS{}
	for file := range d.files {
		name, cohort := strings.CutPrefix(file, cohortFolder)
		if cohort && (path.Base(name) == "limits.yaml" || slices.Contains(cohorts, strings.TrimSuffix(name, path.Ext(name)))) {
			files[name] = &fstest.MapFile{Data: []byte(d.text(file, m))}
		}
	}
	return files
}

// stagingOf is the whole staging layer, with the mutant's text in place.
func (d *Definitions) stagingOf(m Mutant) fs.FS {
	files := fstest.MapFS{}
	for file := range d.files {
		if name, staging := strings.CutPrefix(file, stagingFolder); staging {
			files[name] = &fstest.MapFile{Data: []byte(d.text(file, m))}
		}
	}
	return files
}

func (d *Definitions) text(file string, m Mutant) string {
	if file == m.File {
		return m.Text
	}
	return d.files[file]
}
