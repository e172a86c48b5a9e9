package main

import (
	"fmt"
	"log/slog"
	"time"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/disclosure"
	"childrens-services-exporter/exporter/guard"
	"childrens-services-exporter/exporter/postgres"
	"childrens-services-exporter/exporter/source"
	"childrens-services-exporter/exporter/web"
)

// readEnvironment reads the environment and checks the values that belong to other
// packages.
func readEnvironment() (*config.Environment, error) {
	env, err := config.ReadEnvironment()
	if err != nil {
		return nil, err
	}
	if err := disclosurePolicy(env).Check(); err != nil {
		return nil, fmt.Errorf("%[1]s_PUBLIC_THRESHOLD, %[1]s_PUBLIC_ROUNDING: %[2]w", config.EnvironmentPrefix, err)
	}
	return env, workerLabels(env).Check()
}

func disclosurePolicy(env *config.Environment) disclosure.Policy {
	policy := disclosure.DefaultPolicy()
	policy.Threshold, policy.RoundingBase = float64(env.PublicThreshold), float64(env.PublicRounding)
	return policy
}

func workerLabels(env *config.Environment) web.WorkerLabels {
	return web.WorkerLabels{Mode: env.WorkerLabel, HMACKey: []byte(env.WorkerKey)}
}

func guardPolicy(env *config.Environment) guard.Policy {
	policy := guard.DefaultPolicy()
	policy.MinStableReads, policy.MinPersistentReads = env.SettleReadings, env.GuardReadings
	return policy
}

// readOptions are those of a command that reads once, and waits while tables settle.
func readOptions(env *config.Environment, asOf time.Time) source.ReadOptions {
	return source.ReadOptions{AsOf: asOf, Mode: guard.EnforceWithoutProgress, MaxRetries: guardPolicy(env).SettleRetries(), RetryInterval: env.SettleWait}
}

func timeouts(env *config.Environment) postgres.Timeouts {
	return postgres.Timeouts{Connect: env.ConnectTimeout, Lock: env.LockTimeout, Statement: env.StatementTimeout}
}

func (p *program) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(p.config.LogLevel)); err != nil {
		return nil, usageError{fmt.Errorf("%s_LOG_LEVEL must be debug, info, warn or error", config.EnvironmentPrefix)}
	}
	options := &slog.HandlerOptions{Level: level}
	if p.config.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(p.stderr, options)), nil
	}
	return slog.New(slog.NewTextHandler(p.stderr, options)), nil
}
