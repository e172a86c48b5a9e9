package collector_test

import (
	"bytes"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"childrens-services-exporter/exporter/collector"
	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/internal/testcouncil"
)

func TestLogAndStateHoldNoRowNoAddressAndNoQuery(t *testing.T) {
	database := testcouncil.Database(t)
	file := filepath.Join(t.TempDir(), "referral.sql")
	// PostgreSQL's own message for this quotes the value: invalid input syntax for type integer: "R1".
	own := "select cine_referral_id::integer::text as referral_id, cine_person_id as person_id, cine_referral_date::date as received, null::date as closed, null as need from ssd_cin_episodes"
	if err := os.WriteFile(file, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := config.Settings{Sources: map[string]config.SourceSettings{"social_care": {Staging: map[string]string{"referral": file}}}}
	var log bytes.Buffer
	options := testcouncil.DefaultOptions()
	options.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	refused, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	refused.User = url.UserPassword("nobody-known", "s3cret-word")
	for _, at := range []string{database, refused.String(), strings.Replace(database, refused.Path, "/no_such_database", 1)} {
		current := options.Collector(testcouncil.Source(t, at, testcouncil.Settings{Council: settings, Guards: acceptAtOnce()}))
		_ = current.Collect(t.Context(), collector.Request{})
		for _, value := range current.Snapshot().Cohorts {
			log.WriteString(value.Problem)
		}
		log.WriteString(current.Snapshot().Problem)
	}
	text := log.String()
	for _, expected := range []string{"invalid_text_representation", "the server refused the login", "the database does not exist"} {
		if !strings.Contains(text, expected) {
			t.Errorf("nothing says %q in\n%s", expected, text)
		}
	}
	for _, leak := range []string{`R1`, "P1", "s3cret", "nobody-known", "postgres://", "select ", "from ssd"} {
		if strings.Contains(text, leak) {
			t.Errorf("%q stands in\n%s", leak, text)
		}
	}
}
