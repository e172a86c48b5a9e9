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

// tally counts mutants by outcome.
type tally map[Outcome]int

func (t tally) total() int {
	total := 0
	for outcome, n := range t {
		if outcome != equivalent {
			total += n
		}
	}
	return total
}

func (t tally) caught() int { return t[ByGolden] + t[ByReference] }

// valid counts the mutants that change a statement which the server accepts.
func (t tally) valid() int { return t.caught() + t[Survived] }

func percentage(caught, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(caught)/float64(of))
}

// equivalent is a survivor that no rows can tell from the original, by its reason.
const equivalent Outcome = "equivalent"

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
			folders[folder][equivalent]++
			all[equivalent]++
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "mutants\tgolden\treference\trefused\tsame\tsurvived\tcaught\tequivalent\tcaught of the others\t folder\t")
	line := func(name string, t tally) {
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t%d\t%d\t%s\t%d\t%s\t %s\t\n",
			t.total(), t[ByGolden], t[ByReference], t[Refused], t[Same], t[Survived], percentage(t.caught(), t.valid()),
			t[equivalent], percentage(t.caught(), t.valid()-t[equivalent]), name)
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

// Indicators prints a line for each indicator with what covers it. golden and ref are the families that each covers.
// The mutants are those of the indicator's own lines and of its cohort's SQL.
func Indicators(out io.Writer, definitions *definition.Catalogue, golden, ref map[string]bool, trials []*Trial) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "id\tname\tsource\ttarget\tgolden\treference\tmutants caught")
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
			yesNo(hasFamily(indicator, golden)), yesNo(hasFamily(indicator, ref)), own.caught(), own.valid())
	}
	return table.Flush()
}

func hasFamily(indicator *definition.Indicator, families map[string]bool) bool {
	return slices.ContainsFunc(indicator.Families(), func(family definition.Family) bool { return families[family.Name] })
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// Unverified lists the indicators without any of the families.
func Unverified(definitions *definition.Catalogue, families map[string]bool) []string {
	var unverified []string
	for _, indicator := range definitions.Indicators() {
		if !hasFamily(indicator, families) {
			unverified = append(unverified, indicator.Name)
		}
	}
	return unverified
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
