package mutation

import (
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"childrens-services-exporter/exporter/definition"
)

// tally counts mutants by what became of them.
type tally map[Outcome]int

func (t tally) made() int {
	made := 0
	for outcome, n := range t {
		if outcome != unseen {
			made += n
		}
	}
	return made
}

func (t tally) caught() int { return t[ByGolden] + t[ByOracle] }

// Valid are the mutants that somebody could notice.
func (t tally) valid() int { return t.caught() + t[Survived] }

func share(caught, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(caught)/float64(of))
}

// unseen is what no data could tell from the original: a survivor whose reason says that it is equivalent.
const unseen Outcome = "equivalent"

// Folders prints a line for each folder of definitions and one for all: the share caught of all, and of those mutants that
// some data could tell, which leaves out the survivors that are equivalent.
func Folders(out io.Writer, trials []*Trial, reasons Reasons) error {
	folders, all := map[string]tally{}, tally{}
	for _, trial := range trials {
		folder := path.Dir(trial.File)
		if folders[folder] == nil {
			folders[folder] = tally{}
		}
		folders[folder][trial.Outcome]++
		all[trial.Outcome]++
		if trial.Outcome == Survived && strings.HasPrefix(reasons.Of(trial.Mutant), "equivalent:") {
			folders[folder][unseen]++
			all[unseen]++
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "made\tgolden\toracle\trefused\tsame\tsurvived\tcaught\tequivalent\tcaught of the others\t folder\t")
	line := func(name string, t tally) {
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t%d\t%s\t%d\t%s\t %s\t\n",
			t.made(), t[ByGolden], t[ByOracle], t[Refused], t[Same], t[Survived], share(t.caught(), t.valid()),
			t[unseen], share(t.caught(), t.valid()-t[unseen]), name)
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		line(folder, folders[folder])
	}
	line("all", all)
	return table.Flush()
}

// Survivors prints each survivor with its reason and returns how many have none.
func Survivors(out io.Writer, trials []*Trial, reasons Reasons) (unexplained int) {
	for _, trial := range trials {
		if trial.Outcome != Survived {
			continue
		}
		reason := reasons.Of(trial.Mutant)
		if reason == "" {
			reason = fmt.Sprintf("NOT EXPLAINED, as: %q", trial.Key)
			unexplained++
		}
		fmt.Fprintf(out, "%s:%d: %s\n    %s\n", trial.File, trial.Line, trial.Change, reason)
	}
	return unexplained
}

// Indicators prints a line for each indicator: what proves it. Golden and oracle are the families that they answer for.
// The mutants are those of the indicator's own lines and of its cohort's SQL.
func Indicators(out io.Writer, definitions *definition.Catalogue, golden, oracle map[string]bool, trials []*Trial) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "id\tname\tsource\ttarget\tgolden\toracle\tmutants caught")
	indicators := definitions.Indicators()
	slices.SortStableFunc(indicators, func(a, b *definition.Indicator) int {
		if a.ID != b.ID {
			return a.ID - b.ID
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, indicator := range indicators {
		own := tally{}
		for _, trial := range trials {
			cohort := cohortFolder + indicator.Cohort.Name
			if trial.File == cohort+".sql" || trial.File == cohort+".yaml" && trial.Part == indicator.Name {
				own[trial.Outcome]++
			}
		}
		target := "none"
		if indicator.Target != nil {
			target = fmt.Sprint(*indicator.Target)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%d of %d\n", indicator.ID, indicator.Name, indicator.Cohort.Source, target,
			yes(answered(indicator, golden)), yes(answered(indicator, oracle)), own.caught(), own.valid())
	}
	return table.Flush()
}

func answered(indicator *definition.Indicator, families map[string]bool) bool {
	return slices.ContainsFunc(indicator.Families(), func(family definition.Family) bool { return families[family.Name] })
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// Unproved names the indicators of which a kind of proof says nothing.
func Unproved(definitions *definition.Catalogue, families map[string]bool) []string {
	var unproved []string
	for _, indicator := range definitions.Indicators() {
		if !answered(indicator, families) {
			unproved = append(unproved, indicator.Name)
		}
	}
	return unproved
}

// Missing are the ids from 1 to the last that no indicator has.
func Missing(definitions *definition.Catalogue, last int) []string {
	var missing []string
	for id := 1; id <= last; id++ {
		if !slices.ContainsFunc(definitions.Indicators(), func(i *definition.Indicator) bool { return i.ID == id }) {
			missing = append(missing, strconv.Itoa(id))
		}
	}
	return missing
}
