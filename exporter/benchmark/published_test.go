package benchmark_test

import (
	"testing"

	"childrens-services-exporter/exporter/benchmark"
)

// published are figures typed by hand from the statistics that DfE published for
// 2025: children in need, children looked after, the social work workforce, EHC
// plans, absence. They are not read from our table.
func published() []struct {
	laCode                    int
	indicator, areaType, year string
	want                      float64
} {
	const croydon, wokingham = 306, 872
	return []struct {
		laCode                    int
		indicator, areaType, year string
		want                      float64
	}{
		{croydon, "childrens_referrals", benchmark.Authority, "2025", 7986},
		{croydon, "childrens_referrals_repeat_ratio", benchmark.Authority, "2025", 0.268},
		{croydon, "childrens_assessments_on_time_ratio", benchmark.Authority, "2025", 0.696},
		{croydon, "childrens_s47_started_per_10k", benchmark.Authority, "2025", 313.7},
		{croydon, "childrens_icpc_on_time_ratio", benchmark.Authority, "2025", 0.70},
		{croydon, "childrens_cp_plans_open", benchmark.Authority, "2025", 588},
		{croydon, "childrens_cp_plans_open_long_ratio", benchmark.Authority, "2025", 0.082},
		{croydon, "childrens_cla_open", benchmark.Authority, "2025", 547},
		{croydon, "childrens_careleavers_eet_ratio", benchmark.Authority, "2025", 0.52},
		{croydon, "childrens_workforce_agency_ratio", benchmark.Authority, "2025", 0.189},
		{croydon, "childrens_caseload_mean", benchmark.Authority, "2025", 19.1},
		{croydon, "childrens_ehcp_open", benchmark.Authority, "2025", 5232},
		{croydon, "childrens_referrals_repeat_ratio", benchmark.Region, "2025", 0.194}, // London
		{croydon, "childrens_cp_reviews_on_time_ratio", benchmark.Region, "2025", 0.937},

		{wokingham, "childrens_referrals", benchmark.Authority, "2025", 1778},
		{wokingham, "childrens_referrals_repeat_ratio", benchmark.Authority, "2025", 0.168},
		{wokingham, "childrens_assessments_on_time_ratio", benchmark.Authority, "2025", 0.817},
		{wokingham, "childrens_cp_plans_open_per_10k", benchmark.Authority, "2025", 43.2},
		{wokingham, "childrens_cp_reviews_on_time_ratio", benchmark.Authority, "2025", 0.984},
		{wokingham, "childrens_cp_plans_ended_long_ratio", benchmark.Authority, "2025", 0.058},
		{wokingham, "childrens_cla_placement_stable_ratio", benchmark.Authority, "2025", 0.58},
		{wokingham, "childrens_careleavers_neet_ratio", benchmark.Authority, "2025", 0.43},
		{wokingham, "childrens_workforce_vacancy_ratio", benchmark.Authority, "2025", 0.059},
		{wokingham, "childrens_attendance_persistent_ratio", benchmark.Authority, "2025", 0.143},
		{wokingham, "childrens_workforce_fte", benchmark.Authority, "2025", 112.4},
		{wokingham, "childrens_cla_placed_distant_ratio", benchmark.Region, "2025", 0.23}, // South East

		{0, "childrens_referrals", benchmark.England, "2025", 632830},
		{0, "childrens_icpc_on_time_ratio", benchmark.England, "2025", 0.814},
		{0, "childrens_cp_plans_open_per_10k", benchmark.England, "2025", 40.6},
		{0, "childrens_cp_plans_repeat_ratio", benchmark.England, "2025", 0.245},
		{0, "childrens_cla_open", benchmark.England, "2025", 81770},
		{0, "childrens_cla_health_assessed_ratio", benchmark.England, "2025", 0.90},
		{0, "childrens_careleavers_in_touch_ratio", benchmark.England, "2025", 0.96}, // 4 % are not
		{0, "childrens_workforce_turnover_ratio", benchmark.England, "2025", 0.118},
		{0, "childrens_attendance_absence_ratio", benchmark.England, "2025", 0.0678},
		{0, "childrens_ehcp_issued_on_time_ratio", benchmark.England, "2024", 0.464},
		{0, "childrens_suspensions_per_100_pupils", benchmark.England, "2023/24", 11.3074},
	}
}

func TestTableHoldsTheFiguresThatWerePublished(t *testing.T) {
	table, issues, err := benchmark.Read(nil, "")
	if err != nil || len(issues) > 0 {
		t.Fatal(err, issues)
	}
	for _, test := range published() {
		served := false
		for _, figure := range table.For(test.laCode, unranked).Figures {
			if figure.Indicator == test.indicator && figure.AreaType == test.areaType && figure.Latest {
				served = true
				if figure.Value != test.want || figure.Year != test.year {
					t.Errorf("%d %s %s: %g of %s, published is %g of %s", test.laCode, test.areaType, test.indicator,
						figure.Value, figure.Year, test.want, test.year)
				}
			}
		}
		if !served {
			t.Errorf("%d %s %s: nothing is served", test.laCode, test.areaType, test.indicator)
		}
	}
}
