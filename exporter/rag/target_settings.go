package rag

import (
	"fmt"
	"math"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"childrens-services-exporter/exporter/config"
	"childrens-services-exporter/exporter/definition"
)

// targetEntry is a target as the settings write it.
type targetEntry struct {
	From       string           `yaml:"from"`
	Target     *float64         `yaml:"target"`
	None       string           `yaml:"none"`
	Tolerance  *float64         `yaml:"tolerance"`
	Better     string           `yaml:"better"`
	Owner      string           `yaml:"owner"`
	Trajectory *trajectoryEntry `yaml:"trajectory"`
}

type trajectoryEntry struct {
	Start  float64 `yaml:"start"`
	End    float64 `yaml:"end"`
	Starts string  `yaml:"starts"`
	Ends   string  `yaml:"ends"`
}

// ReadTargets reads the council's own targets from its settings. An entry that cannot be used is left out and is an
// issue with file and line: one mistake must not stop the exporter.
func ReadTargets(settings config.Settings, c *definition.Catalogue) (Targets, []config.Issue) {
	targets := Targets{fromSettings: byIndicator{}}
	var issues []config.Issue
	reject := func(node *yaml.Node, format string, arguments ...any) {
		issues = append(issues, config.Issue{Input: "targets", Message: settings.At(node.Line) + ": " + fmt.Sprintf(format, arguments...) + "; the entry is left out"})
	}
	node := settings.Targets
	if node.Kind == 0 {
		return targets, nil
	}
	if node.Kind != yaml.MappingNode {
		reject(&node, "targets needs an indicator and its list of targets")
		return targets, issues
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, entries := node.Content[i], node.Content[i+1]
		indicator, err := c.Indicator(name.Value)
		switch {
		case err != nil:
			reject(name, "targets: %v", err)
			continue
		case entries.Kind != yaml.SequenceNode:
			reject(name, "targets of %s: give a list, each entry with its own from", name.Value)
			continue
		}
		for _, entry := range entries.Content {
			target, err := readTarget(entry, indicator)
			if err != nil {
				reject(entry, "targets of %s: %v", name.Value, err)
				continue
			}
			targets.fromSettings.add(name.Value, target)
		}
	}
	return targets, issues
}

func readTarget(node *yaml.Node, indicator *definition.Indicator) (Target, error) {
	if err := checkKeys(node, "from", "target", "none", "tolerance", "better", "owner", "trajectory"); err != nil {
		return Target{}, err
	}
	var entry targetEntry
	if err := node.Decode(&entry); err != nil {
		return Target{}, fmt.Errorf("a value has the wrong form; dates are such as 2026-04-01 and targets numbers")
	}
	return entry.target(indicator)
}

// target validates an entry, whether it comes from the settings or from a table.
func (entry targetEntry) target(indicator *definition.Indicator) (Target, error) {
	target := Target{Owner: entry.Owner, Better: indicator.Better, Tolerance: indicator.Tolerance, None: entry.None != ""}
	if entry.Better != "" {
		target.Better = definition.Polarity(entry.Better)
	}
	if entry.Tolerance != nil {
		target.Tolerance = *entry.Tolerance
	}
	forms := 0
	for _, present := range []bool{entry.Target != nil, entry.Trajectory != nil, entry.None != ""} {
		if present {
			forms++
		}
	}
	switch {
	case forms != 1:
		return Target{}, fmt.Errorf("give one of target, trajectory, or none with the reason")
	case target.Better != definition.HigherBetter && target.Better != definition.LowerBetter && !target.None:
		return Target{}, fmt.Errorf("better must be higher or lower; the catalogue says neither for this indicator")
	case entry.Tolerance == nil && indicator.Target == nil && !target.None:
		return Target{}, fmt.Errorf("a tolerance is needed; the catalogue has none for this indicator")
	case !(target.Tolerance >= 0) || math.IsInf(target.Tolerance, 0):
		return Target{}, fmt.Errorf("tolerance must be 0 or more")
	case entry.Target != nil && (math.IsNaN(*entry.Target) || math.IsInf(*entry.Target, 0)):
		return Target{}, fmt.Errorf("target must be a number")
	case entry.Target != nil:
		target.Value = *entry.Target
	}
	var err error
	if target.From, err = parseDay("from", entry.From); err != nil {
		return Target{}, err
	}
	if entry.Trajectory != nil {
		return withTrajectory(target, *entry.Trajectory)
	}
	return target, nil
}

func withTrajectory(target Target, entry trajectoryEntry) (Target, error) {
	if entry.Starts == "" || entry.Ends == "" {
		return Target{}, fmt.Errorf("a trajectory needs start, end, starts and ends")
	}
	starts, err := parseDay("starts", entry.Starts)
	if err != nil {
		return Target{}, err
	}
	ends, err := parseDay("ends", entry.Ends)
	if err != nil {
		return Target{}, err
	}
	if math.IsNaN(entry.Start+entry.End) || math.IsInf(entry.Start, 0) || math.IsInf(entry.End, 0) {
		return Target{}, fmt.Errorf("a trajectory's start and end must be numbers")
	}
	if !ends.After(starts) {
		return Target{}, fmt.Errorf("the trajectory ends on %s, before it starts on %s", entry.Ends, entry.Starts)
	}
	if target.From.IsZero() {
		target.From = starts
	}
	target.Trajectory = &Trajectory{Start: entry.Start, End: entry.End, Starts: starts, Ends: ends}
	return target, nil
}

// parseDay parses a day; an empty text is the zero time, before all others.
func parseDay(key, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is not a day such as 2026-04-01", key)
	}
	return parsed, nil
}

func checkKeys(node *yaml.Node, allowed ...string) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("an entry has keys such as from and target")
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if !slices.Contains(allowed, node.Content[i].Value) {
			return fmt.Errorf("unknown key %s", node.Content[i].Value)
		}
	}
	return nil
}
