// Districtcourt is a plugin that serves the District Court of Hong Kong: the document of icms/hk, and nothing else. It shows what a third party writes for a
// court of its own: a document, a Configure, and a main of one line.
//
// Its configuration is {}, or has what an operator knows that was not read for the document: "fees", a whole schedule of fees as package fees reads it, with
// the items "commencement" and "search"; and "limits", the limits of jurisdiction. Without them no claim has a price or is known to be within
// the limit, and none is taken.
//
// In process the same court is icms/hk.District.
package main

import "courts.example/eservices/plugins/sdk"

func main() {
	sdk.ServeCourt(sdk.About{Name: "hk-district-court", Version: "1.0.0", ConfigSchema: schema}, new(court))
}
