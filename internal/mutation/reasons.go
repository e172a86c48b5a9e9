package mutation

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Reasons explain why mutants may survive, by file and by the key of the mutant. The entry everywhere holds changes that
// mean the same in any file, by the change alone.
type Reasons map[string]map[string]string

const everywhere = "everywhere"

// Of is the reason why a mutant may survive, or "".
func (r Reasons) Of(m Mutant) string {
	if reason := r[m.File][m.Key]; reason != "" {
		return reason
	}
	return r[everywhere][m.Change]
}

// ReadReasons reads every file of a folder: one for each folder of definitions, so that two people rarely edit the same.
func ReadReasons(folder string) (Reasons, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	all := Reasons{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		read := Reasons{}
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&read); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for mutated, reasons := range read {
			if mutated != everywhere && path.Base(path.Dir(mutated)) != strings.TrimSuffix(filepath.Base(file), ".yaml") {
				return nil, fmt.Errorf("%s: %s belongs in %s.yaml", file, mutated, path.Base(path.Dir(mutated)))
			}
			for key, reason := range reasons {
				if !strings.HasPrefix(reason, "equivalent: ") && !strings.HasPrefix(reason, "not covered: ") {
					return nil, fmt.Errorf("%s: %s: begin the reason with equivalent: or not covered: and say why", file, key)
				}
			}
			all[mutated] = reasons
		}
	}
	return all, nil
}

// Stale lists the reasons that explain nothing: their mutant is not generated any more, or does not survive.
func (r Reasons) Stale(all []Mutant, tried []*Trial) []string {
	generated := map[string]bool{}
	for _, m := range all {
		generated[m.File+"\n"+m.Key] = true
	}
	byKey := map[string]*Trial{}
	for _, trial := range tried {
		byKey[trial.File+"\n"+trial.Key] = trial
	}
	var stale []string
	for file, reasons := range r {
		if file == everywhere {
			continue
		}
		for key := range reasons {
			trial := byKey[file+"\n"+key]
			switch {
			case !generated[file+"\n"+key]:
				stale = append(stale, file+": "+key+": no such mutant")
			case trial != nil && trial.Outcome != Survived:
				stale = append(stale, fmt.Sprintf("%s:%d: %s: %s (%s)", file, trial.Line, trial.Change, trial.Outcome, trial.By))
			}
		}
	}
	return stale
}
