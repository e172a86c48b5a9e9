package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
	"childrens-services-exporter/exporter/web"
)

// documents are the documents for people, by their path in the repository.
func documents() []string { return []string{"README.md", "CONTRIBUTING.md", "docs/operations.md"} }

func TestPathsInDocumentsExist(t *testing.T) {
	repository := os.DirFS("../..")
	// <topic> or * stands for several names: the path before it must exist.
	isPath := regexp.MustCompile(`^(?:\./)?((?:cmd|deploy|docs|exporter|grafana|internal|scripts)(?:/[\w.-]+)*?)(?:/|/\.\.\.|/[^/]*[<*].*)?$`)
	for _, document := range documents() {
		text := readDocument(t, document)
		for _, code := range inlineCode(text) {
			for word := range strings.FieldsSeq(code) {
				if match := isPath.FindStringSubmatch(word); match != nil {
					if _, err := fs.Stat(repository, match[1]); err != nil {
						t.Errorf("%s names %s, which does not exist", document, word)
					}
				}
			}
		}
		for _, match := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(text, -1) {
			if _, err := fs.Stat(repository, path.Join(path.Dir(document), match[1])); err != nil {
				t.Errorf("%s links to %s, which does not exist", document, match[1])
			}
		}
	}
}

func TestCommandsInDocumentsExist(t *testing.T) {
	var subcommands []string
	for _, command := range commands() {
		subcommands = append(subcommands, command.name)
	}
	var targets []string
	for _, match := range regexp.MustCompile(`(?m)^([a-z-]+):`).FindAllStringSubmatch(readDocument(t, "Makefile"), -1) {
		targets = append(targets, match[1])
	}
	for _, document := range documents() {
		for _, code := range inlineCode(readDocument(t, document)) {
			program, arguments, _ := strings.Cut(code, " ")
			words := strings.Fields(arguments)
			switch program {
			case "make":
				for _, word := range words {
					if !slices.Contains(targets, word) {
						t.Errorf("%s names make %s, which is no target", document, word)
					}
				}
			case programName:
				if len(words) > 0 && !strings.HasPrefix(words[0], "-") && !slices.Contains(subcommands, words[0]) {
					t.Errorf("%s names the command %s, which does not exist", document, words[0])
				}
			}
		}
	}
}

func TestMetricsInDocumentsExist(t *testing.T) {
	catalogue, err := definition.Load(config.Settings{}, definition.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, metric := range web.Metrics() {
		names[metric.Name] = true
	}
	for _, indicator := range catalogue.Indicators() {
		for _, family := range indicator.Families() {
			names[family.Name] = true
		}
	}
	for _, document := range documents() {
		for _, code := range inlineCode(readDocument(t, document)) {
			if name := regexp.MustCompile(`^childrens_\w+`).FindString(code); name != "" && !names[name] {
				t.Errorf("%s names the metric %s, which does not exist", document, name)
			}
		}
	}
}

func TestContributingListsEveryPackageOfTheExporter(t *testing.T) {
	text := readDocument(t, "CONTRIBUTING.md")
	err := fs.WalkDir(os.DirFS("../.."), "exporter", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return err
		}
		if folder := path.Dir(file); !strings.Contains(text, "`"+folder+"`") {
			t.Errorf("CONTRIBUTING.md does not list %s", folder)
			return fs.SkipDir
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// inlineCode lists the texts in backticks, without blocks of code.
func inlineCode(text string) []string {
	text = regexp.MustCompile("(?s)```.*?```").ReplaceAllString(text, "")
	var codes []string
	for _, match := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(text, -1) {
		codes = append(codes, match[1])
	}
	return codes
}

// readDocument reads a file of the repository.
func readDocument(t *testing.T, document string) string {
	t.Helper()
	text, err := os.ReadFile("../../" + document)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
