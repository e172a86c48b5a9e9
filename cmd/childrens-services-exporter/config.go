package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/kelseyhightower/envconfig"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/web"
)

// prefix begins the name of every setting.
const prefix = "CSE"

// config is the environment. README.md lists each variable with its default.
type config struct {
	SocialCareDatabaseURL     string `envconfig:"SOCIAL_CARE_DATABASE_URL"`
	SocialCareDatabaseURLFile string `envconfig:"SOCIAL_CARE_DATABASE_URL_FILE"`
	EducationDatabaseURL      string `envconfig:"EDUCATION_DATABASE_URL"`
	EducationDatabaseURLFile  string `envconfig:"EDUCATION_DATABASE_URL_FILE"`
	LoadDatabaseURL           string `envconfig:"LOAD_DATABASE_URL"`
	LoadDatabaseURLFile       string `envconfig:"LOAD_DATABASE_URL_FILE"`

	ListenAddress       string `envconfig:"LISTEN_ADDRESS" default:"127.0.0.1:10153"`
	PublicListenAddress string `envconfig:"PUBLIC_LISTEN_ADDRESS"`
	WebConfigFile       string `envconfig:"WEB_CONFIG_FILE"`
	SettingsFile        string `envconfig:"SETTINGS_FILE"`
	CatalogueDir        string `envconfig:"CATALOGUE_DIR"`
	StateDir            string `envconfig:"STATE_DIR"`
	BenchmarkDir        string `envconfig:"BENCHMARK_DIR"`
	CommentaryDir       string `envconfig:"COMMENTARY_DIR"`

	Interval         time.Duration `envconfig:"INTERVAL" default:"5m"`
	MaxAge           time.Duration `envconfig:"MAX_AGE" default:"1h"`
	PeriodInterval   time.Duration `envconfig:"PERIOD_INTERVAL" default:"1h"`
	ConnectTimeout   time.Duration `envconfig:"CONNECT_TIMEOUT" default:"10s"`
	LockTimeout      time.Duration `envconfig:"LOCK_TIMEOUT" default:"500ms"`
	StatementTimeout time.Duration `envconfig:"STATEMENT_TIMEOUT" default:"10m"`
	SettleWait       time.Duration `envconfig:"SETTLE_WAIT" default:"30s"`
	SettleReadings   int           `envconfig:"SETTLE_READINGS" default:"2"`
	GuardReadings    int           `envconfig:"GUARD_READINGS" default:"4"`
	MaxSeries        int           `envconfig:"MAX_SERIES" default:"5000"`

	PublicPeriod    string  `envconfig:"PUBLIC_PERIOD" default:"quarter"`
	PublicDelay     int     `envconfig:"PUBLIC_DELAY" default:"10"`
	PublicThreshold float64 `envconfig:"PUBLIC_THRESHOLD" default:"5"`
	PublicRounding  float64 `envconfig:"PUBLIC_ROUNDING" default:"5"`

	RAGDenominator float64 `envconfig:"RAG_DENOMINATOR" default:"5"`

	WorkerLabel   string `envconfig:"WORKER_LABEL" default:"staff_id"`
	WorkerKey     string `envconfig:"WORKER_KEY"`
	WorkerKeyFile string `envconfig:"WORKER_KEY_FILE"`

	LogLevel  string `envconfig:"LOG_LEVEL" default:"info"`
	LogFormat string `envconfig:"LOG_FORMAT" default:"text"`
}

// readConfig reads and checks the environment. Errors name the variable and say
// what to do, and never repeat a value, which may be a secret.
func readConfig() (*config, error) {
	c := &config{}
	if err := envconfig.CheckDisallowed(prefix, c); err != nil {
		name := err.Error()[strings.LastIndexByte(err.Error(), ' ')+1:]
		return nil, fmt.Errorf("%s is not a setting of this program; check its spelling against README.md", name)
	}
	if err := envconfig.Process(prefix, c); err != nil {
		if wrong, ok := errors.AsType[*envconfig.ParseError](err); ok {
			return nil, fmt.Errorf("%s: its value is not a %s", wrong.KeyName, humanType(wrong.TypeName))
		}
		return nil, fmt.Errorf("the environment cannot be read; check the CSE_ variables")
	}
	for _, secret := range []struct {
		name string
		file string
		into *string
	}{
		{"SOCIAL_CARE_DATABASE_URL", c.SocialCareDatabaseURLFile, &c.SocialCareDatabaseURL},
		{"EDUCATION_DATABASE_URL", c.EducationDatabaseURLFile, &c.EducationDatabaseURL},
		{"LOAD_DATABASE_URL", c.LoadDatabaseURLFile, &c.LoadDatabaseURL},
		{"WORKER_KEY", c.WorkerKeyFile, &c.WorkerKey},
	} {
		if err := readSecret(prefix+"_"+secret.name, secret.file, secret.into); err != nil {
			return nil, err
		}
	}
	return c, c.check()
}

func humanType(name string) string {
	switch name {
	case "time.Duration", "int64":
		return "duration such as 5m"
	case "int":
		return "whole number"
	case "float64":
		return "number"
	}
	return name
}

// readSecret takes a secret from its variable or from the file that the variable
// with _FILE names, not from both.
func readSecret(name, file string, into *string) error {
	if value, set := os.LookupEnv(name); set && strings.TrimSpace(value) == "" {
		return fmt.Errorf("%s: is empty; set it or remove it", name)
	}
	if file == "" {
		return nil
	}
	if *into != "" {
		return fmt.Errorf("%s and %s_FILE are both set; keep one", name, name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s_FILE: the file cannot be read; check its path and rights", name)
	}
	*into = strings.TrimSpace(string(text))
	if *into == "" {
		return fmt.Errorf("%s_FILE: the file is empty", name)
	}
	return nil
}

func (c *config) check() error {
	if c.ListenAddress == "" {
		// An empty address would listen on every network, at any port.
		return fmt.Errorf("%s_LISTEN_ADDRESS: is empty; set it or remove it", prefix)
	}
	for _, bound := range []struct {
		name string
		kept bool
	}{
		{"INTERVAL", c.Interval >= time.Second},
		{"MAX_AGE", c.MaxAge >= c.Interval},
		{"PERIOD_INTERVAL", c.PeriodInterval >= time.Second},
		{"CONNECT_TIMEOUT", c.ConnectTimeout > 0},
		{"LOCK_TIMEOUT", c.LockTimeout > 0 && c.LockTimeout < time.Second},
		{"STATEMENT_TIMEOUT", c.StatementTimeout >= time.Second},
		{"SETTLE_WAIT", c.SettleWait > 0},
		{"SETTLE_READINGS", c.SettleReadings >= 1},
		{"GUARD_READINGS", c.GuardReadings >= 1},
		{"MAX_SERIES", c.MaxSeries >= 1},
		{"PUBLIC_DELAY", c.PublicDelay >= 0},
		{"PUBLIC_PERIOD", c.PublicPeriod == string(calendar.Quarter) || c.PublicPeriod == string(calendar.Month)},
		{"LOG_FORMAT", c.LogFormat == "text" || c.LogFormat == "json"},
	} {
		if !bound.kept {
			return fmt.Errorf("%s_%s: its value is out of range; README.md says what is allowed", prefix, bound.name)
		}
	}
	if err := c.rules().Check(); err != nil {
		return fmt.Errorf("%s_PUBLIC_THRESHOLD, %s_PUBLIC_ROUNDING: %w", prefix, prefix, err)
	}
	return c.workers().Check()
}

func (c *config) rules() disclosure.Policy {
	rules := disclosure.DefaultPolicy()
	rules.Threshold, rules.RoundingBase = c.PublicThreshold, c.PublicRounding
	return rules
}

func (c *config) workers() web.WorkerLabels {
	return web.WorkerLabels{Mode: c.WorkerLabel, HMACKey: []byte(c.WorkerKey)}
}

func (c *config) guardRules() guard.Policy {
	rules := guard.DefaultPolicy()
	rules.MinStableReads, rules.MinPersistentReads = c.SettleReadings, c.GuardReadings
	return rules
}

// readOptions are those of a command that reads once, and waits while tables settle.
func (c *config) readOptions(asOf time.Time) source.ReadOptions {
	return source.ReadOptions{AsOf: asOf, Mode: guard.EnforceWithoutProgress, MaxRetries: c.guardRules().SettleRetries(), RetryInterval: c.SettleWait}
}

func (c *config) waits() postgres.Timeouts {
	return postgres.Timeouts{Connect: c.ConnectTimeout, Lock: c.LockTimeout, Statement: c.StatementTimeout}
}

func (p *program) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(p.config.LogLevel)); err != nil {
		return nil, usageError{fmt.Errorf("%s_LOG_LEVEL must be debug, info, warn or error", prefix)}
	}
	options := &slog.HandlerOptions{Level: level}
	if p.config.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(p.stderr, options)), nil
	}
	return slog.New(slog.NewTextHandler(p.stderr, options)), nil
}
