package reference

import "strings"

// carePlaces publishes where children in care live, and how far from home.
func (o *Oracle) carePlaces(p page, day Date) {
	children := o.lookedAfter(day)
	foster := func(c inCare) bool { return strings.HasPrefix(c.kind, "U") }
	ratio(p, "childrens_cla_foster_ratio", children, everyone, foster)
	ratio(p, "childrens_cla_placed_distant_ratio", children, everyone, func(c inCare) bool {
		row, known := o.placementRow(c.care, c.id)
		miles, written := row.number("clap_cla_placement_distance")
		if !known || !written || miles == 999.9 || miles == -1 {
			return false
		}
		return miles > float64(o.limits.CareDistant) && o.areaOf(row) != "in"
	})
	area := func(c inCare) string {
		row, _ := o.placementRow(c.care, c.id)
		return o.areaOf(row)
	}
	ratio(p, "childrens_cla_placed_outside_area_ratio", children,
		func(c inCare) bool { return area(c) != "" }, func(c inCare) bool { return area(c) == "out" })
}

func (o *Oracle) placementRow(care, id string) (Row, bool) {
	for _, row := range o.council["ssd_cla_placement"] {
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
func (o *Oracle) areaOf(placement Row) string {
	postcode := func(text string) string { return strings.ToUpper(strings.ReplaceAll(text, " ", "")) }
	wanted, found := postcode(placement.text("clap_cla_placement_postcode")), ""
	for _, row := range o.council["postcode_lookup"] {
		if code := row.text("la_code"); wanted != "" && postcode(row.text("postcode")) == wanted && (found == "" || code < found) {
			found = code
		}
	}
	switch found {
	case "":
		return ""
	case ownAuthority:
		return "in"
	default:
		return "out"
	}
}
