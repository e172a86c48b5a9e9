package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/internal/synthetic"
	"childrens-services-exporter/internal/temppg/pgtest"
)

// village is a fifth of the smallest council, so that a test can look at every
// day of a quarter.
func village(t testing.TB) synthetic.Profile {
	t.Helper()
	profile, err := synthetic.FindProfile("small")
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []*int{
		&profile.Population, &profile.Contacts, &profile.Referrals, &profile.EarlyHelp, &profile.InNeed, &profile.EHCPlans,
		&profile.EHCRequests, &profile.Pupils, &profile.EHE, &profile.CME, &profile.Schools,
	} {
		*size /= 5
	}
	profile.SocialWorkers, profile.Teams = 8, 3
	return profile
}

// syntheticVillage is the small made-up council that most tests look at.
func syntheticVillage(t testing.TB, asOf time.Time) (*program, *app) {
	t.Helper()
	return syntheticCouncil(t, village(t), asOf, "populations: {children: {2024: 8000, 2026: 8100}}\n")
}

// syntheticCouncil writes a made-up council as it stands on a day, loads it with
// the load command and opens it as every other command does.
func syntheticCouncil(t testing.TB, profile synthetic.Profile, asOf time.Time, ownSettings string) (*program, *app) {
	t.Helper()
	directory := t.TempDir()
	if _, err := synthetic.Write(directory, profile, 1, asOf); err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{
		"CSE_SETTINGS_FILE": filepath.Join(files(t, map[string]string{"settings.yaml": ownSettings}), "settings.yaml"),
	}
	for _, src := range []string{"social_care", "education"} {
		address := pgtest.Database(t)
		environment(t, map[string]string{"CSE_LOAD_DATABASE_URL": address})
		var stderr strings.Builder
		allowed := strings.Join(synthetic.ImpossibleDates(src), ",")
		if code := run([]string{"load", "-source", src, "-allow", allowed, filepath.Join(directory, src)}, io.Discard, &stderr); code != 0 {
			t.Fatalf("load: exit code %d: %s", code, stderr.String())
		}
		settings[addressSetting(src)] = address
	}
	environment(t, settings)
	read, err := readEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{config: read, stdout: io.Discard, stderr: io.Discard}
	opened, err := p.open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(opened.close)
	return p, opened
}

// read opens a source that holds still.
func read(t *testing.T, src *source.Source, day time.Time, use func(context.Context, *source.Session) error) {
	t.Helper()
	options := source.ReadOptions{AsOf: day, Mode: guard.AcceptOnce, MaxRetries: guard.DefaultPolicy().SettleRetries()}
	if err := src.Read(context.Background(), options, use); err != nil {
		t.Fatalf("%s: %v", src.Name, err)
	}
}
