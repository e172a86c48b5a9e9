// Package synthetic writes a made-up English council as CSV files: a social care
// database in the shape of the Standard Safeguarding Dataset (SystemC build,
// version 1.4.5), the sheets a council keeps beside it, and an education
// database. Everybody in it is invented. The same profile, seed and day give
// the same bytes.
package synthetic

import (
	"time"
)

// Summary tells what was written, in the order of the files.
type Summary struct {
	Profile string
	AsOf    time.Time
	Tables  []TableRows
	// Faults counts the faults put in on purpose, by kind.
	Faults map[string]int
}

// TableRows is the number of rows of one file, its header not counted.
type TableRows struct {
	Source string // folder: social_care or education
	Table  string
	Rows   int
}

// Rows is the number of rows of a table, 0 for one that was not written.
func (s Summary) Rows(table string) int {
	for _, t := range s.Tables {
		if t.Table == table {
			return t.Rows
		}
	}
	return 0
}

// Write makes dir/social_care and dir/education and fills them with six years
// that end on the day of asOf. Files that are there already are replaced. An
// error is one of the file system's.
func Write(dir string, p Profile, seed uint64, asOf time.Time) (Summary, error) {
	ledger, err := newCSVWriter(dir, tables(), dataFaults(dayOf(asOf)), seed)
	if err != nil {
		return Summary{}, err
	}
	s := newSimulation(p, seed, asOf, ledger)
	s.run()
	s.writeEdgeCases()
	s.writeOpen()
	s.writeProfessionals()
	runSchools(s, seed)
	s.writeHouseholds()
	s.writePeople()
	summary := Summary{Profile: p.Name, AsOf: s.asOf.time(), Faults: ledger.faultCounts}
	for _, sheet := range ledger.tables {
		summary.Tables = append(summary.Tables, TableRows{sheet.source, sheet.name, sheet.rows})
	}
	return summary, ledger.close()
}
