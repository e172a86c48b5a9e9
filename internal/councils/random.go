package councils

import (
	"fmt"
	"slices"
	"time"

	"childrens-services-exporter/deploy/postgres"
	"childrens-services-exporter/exporter/catalogue"
	"childrens-services-exporter/exporter/period"
	"childrens-services-exporter/internal/oracle"
)

// Live is a view of a day as a screen shows it, rather than of a reported period.
const Live = -1

// View is a day, seen live, or the windows so many back from it.
type View struct {
	Day  oracle.Date
	Back int
}

func (v View) String() string {
	if v.Back == Live {
		return v.Day.String()
	}
	return fmt.Sprintf("%s, %d back", v.Day, v.Back)
}

// Views are the moments at which a random council is looked at: live, and reported up to two periods back.
func Views(made oracle.Case) []View {
	var all []View
	for _, day := range made.Days {
		for back := Live; back <= 2; back++ {
			all = append(all, View{day, back})
		}
	}
	return all
}

// Answers are the oracle's samples at the view.
func (v View) Answers(own *oracle.Oracle) map[string]float64 {
	if v.Back == Live {
		return own.Live(v.Day)
	}
	return own.Reported(v.Day, v.Back)
}

// Periods are what the exporter asks a cohort for at the view.
func (v View) Periods(calendar *period.Calendar, cohort *catalogue.Cohort) ([]period.Period, error) {
	var all []period.Period
	for _, kind := range cohort.Windows {
		if v.Back == Live {
			all = append(all, cohort.Period(calendar, kind, Civil(v.Day)))
			continue
		}
		if slices.Contains(runsOn(), kind) {
			continue
		}
		reported, err := calendar.Reported(kind, Civil(v.Day), v.Back)
		if err != nil {
			return nil, err
		}
		all = append(all, reported)
	}
	return all, nil
}

// runsOn are the kinds that end on the day itself and have no earlier one of their own.
func runsOn() []period.Kind {
	return []period.Kind{period.Snapshot, period.FinancialYearToDate, period.AcademicYearToDate, period.Rolling12Months}
}

// Populations are those of a random council by the names that settings have for them.
func Populations(made oracle.Case) catalogue.Populations {
	return catalogue.Populations{"children": made.Populations.Children, "children_5_to_15": made.Populations.Children5To15}
}

// Civil is a day as the exporter writes it.
func Civil(day oracle.Date) time.Time { return period.Date(day.Year, day.Month, day.Day) }

// Rows are a random council's tables, those alone that the named groups of tables have.
func Rows(made oracle.Case, groups ...string) (Tables, error) {
	tables := Tables{}
	for _, group := range groups {
		known, err := postgres.Tables(group)
		if err != nil {
			return nil, err
		}
		for _, table := range known {
			for _, row := range made.Council[table.Name] {
				tables[table.Name] = append(tables[table.Name], row)
			}
		}
	}
	return tables, nil
}
