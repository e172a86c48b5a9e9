package main

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

func TestReadmeListsEverySettingWithItsDefault(t *testing.T) {
	text := readDocument(t, "README.md")
	listed := map[string]bool{}
	for _, match := range regexp.MustCompile("`(CSE_[A-Z_]+)`").FindAllStringSubmatch(text, -1) {
		listed[match[1]] = true
	}
	names := map[string]bool{}
	for field := range reflect.TypeFor[config.Environment]().Fields() {
		name := config.EnvironmentPrefix + "_" + field.Tag.Get("envconfig")
		names[name] = true
		secret, isFile := strings.CutSuffix(name, "_FILE")
		if isFile && names[secret] {
			continue // listed as "also _FILE" in the row of the secret
		}
		if !listed[name] {
			t.Errorf("README.md does not list %s", name)
			continue
		}
		if value := field.Tag.Get("default"); value != "" && !regexp.MustCompile("(?m)^.*`"+name+"`.*`"+regexp.QuoteMeta(value)+"`.*$").MatchString(text) {
			t.Errorf("README.md does not say that %s is %s by default", name, value)
		}
	}
	for name := range listed {
		if !names[name] {
			t.Errorf("README.md lists %s, which is no setting", name)
		}
	}
}

func TestReadmeSettingsFileIsAccepted(t *testing.T) {
	_, block, opened := strings.Cut(readDocument(t, "README.md"), "```yaml\n")
	block, _, closed := strings.Cut(block, "```")
	if !opened || !closed {
		t.Fatal("README.md shows no settings file")
	}
	file := t.TempDir() + "/settings.yaml"
	if err := os.WriteFile(file, []byte(block), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := config.ReadSettings(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := definition.Load(settings, definition.Embedded()); err != nil {
		t.Error(err)
	}
	if _, err := settings.NewCalendar(); err != nil {
		t.Error(err)
	}
}
