package icms

import (
	"strings"

	"courts.example/eservices/icms/law"
)

// sideWords are the sides of a case in words.
var sideWords = map[Side]law.Text{
	ClaimantSide:  law.T("claimant", "申索人"),
	DefendantSide: law.T("defendant", "被告人"),
}

// partyWords calls a party by its role and number: "defendant 1" of "defendant-1". What names no party so is shown as it is.
func partyWords(id string) law.Text {
	side, number, _ := strings.Cut(id, "-")
	role := sideWords[Side(side)]
	if role == nil || number == "" || strings.Trim(number, "0123456789") != "" {
		return law.T(id, id)
	}
	return law.T(role[law.English]+" "+number, role[law.TraditionalChinese]+" "+number)
}
