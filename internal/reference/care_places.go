package reference

import "strings"

// carePlaces publishes where children in care live, and how far from home.
func (ref *Implementation) carePlaces(p page, day Date) {
	children := ref.lookedAfter(day)
	foster := func(c inCare) bool { return strings.HasPrefix(c.kind, "U") }
	ratio(p, "childrens_cla_foster_ratio", children, everyone, foster)
	ratio(p, "childrens_cla_placed_distant_ratio", children, everyone, func(c inCare) bool {
		row, known := ref.placementRow(c.care, c.id)
		miles, written := row.number("clap_cla_placement_distance")
		if !known || !written || miles == 999.9 || miles == -1 {
			return false
		}
		return miles > float64(ref.limits.CareDistant) && ref.areaOf(row) != "in"
	})
	area := func(c inCare) string {
		row, _ := ref.placementRow(c.care, c.id)
		return ref.areaOf(row)
	}
	ratio(p, "childrens_cla_placed_outside_area_ratio", children,
		func(c inCare) bool { return area(c) != "" }, func(c inCare) bool { return area(c) == "out" })
}

func (ref *Implementation) placementRow(care, id string) (Row, bool) {
	for _, row := range ref.tables["ssd_cla_placement"] {
		if care != "" && id != "" && row.id("clap_cla_id") == care && row.id("clap_cla_placement_id") == id {
			return row, true
		}
	}
	return nil, false
}

// ownAuthority is the random council's own code in lists of postcodes.
const ownAuthority = "872"

// areaOf is whether a placement lies in the council's area, or "" where nobody knows. A postcode is written with blanks or
// without; one of two authorities lies in the one whose code comes first.
func (ref *Implementation) areaOf(placement Row) string {
	postcode := func(text string) string { return strings.ToUpper(strings.ReplaceAll(text, " ", "")) }
	homePostcode, authority := postcode(placement.text("clap_cla_placement_postcode")), ""
	for _, row := range ref.tables["postcode_lookup"] {
		if code := row.text("la_code"); homePostcode != "" && postcode(row.text("postcode")) == homePostcode && (authority == "" || code < authority) {
			authority = code
		}
	}
	switch authority {
	case "":
		return ""
	case ownAuthority:
		return "in"
	default:
		return "out"
	}
}
