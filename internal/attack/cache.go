package main

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/publication"
	"childrens-services-exporter/internal/synthetic"
)

// cache is a directory of exact values, one file a council. A file is found again only for the same rows and the same
// definitions. Empty is no cache.
type cache string

// exactValues gives the exact values of a council, from the cache where they are there.
func (c cache) exactValues(ctx context.Context, town council, settings config.Settings, schedules []publication.Schedule, pages map[calendar.Kind]int) ([]exactCohort, error) {
	if c == "" {
		return town.evaluate(ctx, settings, schedules, pages)
	}
	key, err := town.key(schedules, pages)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(string(c), key+".json.gz")
	if cohorts, err := readExact(file); err == nil {
		return cohorts, nil
	}
	cohorts, err := town.evaluate(ctx, settings, schedules, pages)
	if err != nil {
		return nil, err
	}
	return cohorts, writeExact(file, cohorts)
}

func readExact(file string) (cohorts []exactCohort, err error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = opened.Close() }()
	unpacked, err := gzip.NewReader(opened)
	if err != nil {
		return nil, err
	}
	err = json.NewDecoder(unpacked).Decode(&cohorts)
	return cohorts, err
}

func writeExact(file string, cohorts []exactCohort) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	created, err := os.CreateTemp(filepath.Dir(file), "new-")
	if err != nil {
		return err
	}
	packed := gzip.NewWriter(created)
	err = json.NewEncoder(packed).Encode(cohorts)
	for _, end := range []func() error{packed.Close, created.Close} {
		if closeErr := end(); err == nil {
			err = closeErr
		}
	}
	if err != nil {
		return err
	}
	return os.Rename(created.Name(), file)
}

// key is a digest of all that the exact values follow from: the council's rows, the definitions and the periods.
func (c council) key(schedules []publication.Schedule, pages map[calendar.Kind]int) (string, error) {
	directory, err := os.MkdirTemp("", "attack-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(directory) }()
	profile, err := synthetic.FindProfile(c.Profile)
	if err != nil {
		return "", err
	}
	if _, err := synthetic.Write(directory, profile, c.Seed, dataEnd()); err != nil {
		return "", err
	}
	digest := sha256.New()
	_, _ = fmt.Fprintln(digest, c, schedules, pages)
	for _, files := range []fs.FS{os.DirFS(directory), definition.Embedded()} {
		if err := addFiles(digest, files); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(digest.Sum(nil))[:32], nil
}

func addFiles(digest hash.Hash, files fs.FS) error {
	return fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		opened, err := files.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = opened.Close() }()
		_, err = io.Copy(digest, opened)
		return err
	})
}
