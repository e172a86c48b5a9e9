package config

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/kelseyhightower/envconfig"

	"childrens-services-exporter/exporter/calendar"
	"childrens-services-exporter/exporter/config/strictyaml"
)

// EnvironmentPrefix begins the name of every variable.
const EnvironmentPrefix = "CSE"

// Environment is the environment variables of the program. README.md lists each with
// its default.
type Environment struct {
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

	PublicPeriod    string            `envconfig:"PUBLIC_PERIOD" default:"quarter"`
	PublicDelay     int               `envconfig:"PUBLIC_DELAY" default:"10"`
	PublicThreshold strictyaml.Number `envconfig:"PUBLIC_THRESHOLD" default:"5"`
	PublicRounding  strictyaml.Number `envconfig:"PUBLIC_ROUNDING" default:"5"`

	RAGDenominator strictyaml.Number `envconfig:"RAG_DENOMINATOR" default:"5"`

	WorkerLabel   string `envconfig:"WORKER_LABEL" default:"staff_id"`
	WorkerKey     string `envconfig:"WORKER_KEY"`
	WorkerKeyFile string `envconfig:"WORKER_KEY_FILE"`

	LogLevel  string `envconfig:"LOG_LEVEL" default:"info"`
	LogFormat string `envconfig:"LOG_FORMAT" default:"text"`
}

// ReadEnvironment reads and checks the environment. An error has the variable and what
// to do, and never a value, which may be a secret.
func ReadEnvironment() (*Environment, error) {
	e := &Environment{}
	if err := envconfig.CheckDisallowed(EnvironmentPrefix, e); err != nil {
		name := err.Error()[strings.LastIndexByte(err.Error(), ' ')+1:]
		return nil, fmt.Errorf("%s is not a setting of this program; check its spelling against README.md", name)
	}
	if err := envconfig.Process(EnvironmentPrefix, e); err != nil {
		if parseError, ok := errors.AsType[*envconfig.ParseError](err); ok {
			return nil, fmt.Errorf("%s: its value is not a %s", parseError.KeyName, typeName(parseError.TypeName))
		}
		return nil, fmt.Errorf("the environment cannot be read; check the CSE_ variables")
	}
	for _, secret := range []struct {
		name string
		file string
		into *string
	}{
		{"SOCIAL_CARE_DATABASE_URL", e.SocialCareDatabaseURLFile, &e.SocialCareDatabaseURL},
		{"EDUCATION_DATABASE_URL", e.EducationDatabaseURLFile, &e.EducationDatabaseURL},
		{"LOAD_DATABASE_URL", e.LoadDatabaseURLFile, &e.LoadDatabaseURL},
		{"WORKER_KEY", e.WorkerKeyFile, &e.WorkerKey},
	} {
		if err := readSecret(EnvironmentPrefix+"_"+secret.name, secret.file, secret.into); err != nil {
			return nil, err
		}
	}
	return e, e.check()
}

// typeName names a Go type for a person who sets a variable.
func typeName(name string) string {
	switch name {
	case "time.Duration", "int64":
		return "duration such as 5m"
	case "int":
		return "whole number"
	case "strictyaml.Number":
		return "number"
	}
	return name
}

// readSecret reads a secret from its variable or from the file that the variable with
// _FILE names. Both at once are an error.
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

// workingDaysOfAYear bounds the delay of the public page, which would otherwise never open.
const workingDaysOfAYear = 250

// check refuses values out of range.
func (e *Environment) check() error {
	if e.ListenAddress == "" {
		// An empty address would listen on every network, at any port.
		return fmt.Errorf("%s_LISTEN_ADDRESS: is empty; set it or remove it", EnvironmentPrefix)
	}
	for _, variable := range []struct {
		name  string
		valid bool
	}{
		{"INTERVAL", e.Interval >= time.Second},
		{"MAX_AGE", e.MaxAge >= e.Interval},
		{"PERIOD_INTERVAL", e.PeriodInterval >= time.Second},
		{"CONNECT_TIMEOUT", e.ConnectTimeout > 0},
		{"LOCK_TIMEOUT", e.LockTimeout > 0 && e.LockTimeout < time.Second},
		{"STATEMENT_TIMEOUT", e.StatementTimeout >= time.Second},
		{"SETTLE_WAIT", e.SettleWait > 0},
		{"SETTLE_READINGS", e.SettleReadings >= 1},
		{"GUARD_READINGS", e.GuardReadings >= 1},
		{"MAX_SERIES", e.MaxSeries >= 1},
		{"PUBLIC_DELAY", e.PublicDelay >= 0 && e.PublicDelay <= workingDaysOfAYear},
		{"PUBLIC_THRESHOLD", e.PublicThreshold.Between(0, 1000)}, // disclosure control has its own lowest
		{"PUBLIC_ROUNDING", e.PublicRounding.Between(0, 1000)},
		{"RAG_DENOMINATOR", e.RAGDenominator.Between(0, 1000)},
		{"PUBLIC_PERIOD", e.PublicPeriod == string(calendar.Quarter) || e.PublicPeriod == string(calendar.Month)},
		{"LOG_FORMAT", e.LogFormat == "text" || e.LogFormat == "json"},
	} {
		if !variable.valid {
			return fmt.Errorf("%s_%s: its value is out of range; README.md says what is allowed", EnvironmentPrefix, variable.name)
		}
	}
	return nil
}
