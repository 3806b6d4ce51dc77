package icms

import (
	"time"

	"courts.example/eservices/calendar"
	"courts.example/eservices/icms/law"
)

// deem says when documents that were in at one instant and money that is in at another count as received. A price that was fixed
// before stays; the zero instant fixes it now.
func (c *Court) deem(o *offices, documents, money, priced time.Time) (Deeming, error) {
	atRegistry, err := o.registry.Receive(documents)
	if err != nil {
		return Deeming{}, err
	}
	atAccounts, err := o.accounts.Receive(money)
	if err != nil {
		return Deeming{}, err
	}
	d := Deeming{
		Documents: Stamp{Received: atRegistry.Received, Deemed: atRegistry.Deemed},
		Money:     Stamp{Received: atAccounts.Received, Deemed: atAccounts.Deemed},
		Pending:   atRegistry.Pending,
		Projected: atRegistry.Projected,
		Expected:  expected(atRegistry),
		Reason:    atRegistry.Reason(),
	}
	decides := atRegistry
	if c.Policies.Receipt.Choice == LaterOfBoth {
		d.Pending = d.Pending || atAccounts.Pending
		d.Projected = d.Projected || atAccounts.Projected
		if expected(atAccounts).After(d.Expected) {
			decides = atAccounts
			d.Expected = expected(atAccounts)
		}
		d.Reason = d.Reason.Append(atAccounts.Reason())
	}
	if !d.Pending {
		d.Deemed = decides.Deemed
	}
	d.Reason.Steps = append(d.Reason.Steps, law.Step{
		Code: "receipt policy", Provision: c.Policies.Receipt.Provision, Says: receiptSays[c.Policies.Receipt.Choice],
	})
	switch d.PriceAt = d.Expected; {
	case !priced.IsZero():
		d.PriceAt = priced
	case c.Policies.Fee.Choice == PriceAtSubmission:
		d.PriceAt = documents
	}
	d.Reason.Steps = append(d.Reason.Steps, law.Step{
		Code: "fee policy", Provision: c.Policies.Fee.Provision, Says: feeSays[c.Policies.Fee.Choice],
		Values: []law.Value{law.V("at", d.PriceAt.In(c.Zone()))},
	})
	return d, nil
}

// expected is the instant at which a receipt counts, or the next regular opening while the reopening is not announced.
func expected(r calendar.Receipt) time.Time {
	if r.Pending {
		return r.Regular
	}
	return r.Deemed
}

// otherReading is the instant under the reading of the fee policy that was not chosen.
func (c *Court) otherReading(d Deeming) time.Time {
	if c.Policies.Fee.Choice == PriceAtSubmission {
		return d.Expected
	}
	return d.Documents.Received
}

var receiptSays = map[ReceiptInstant]law.Text{
	LaterOfBoth: law.T("a filing with a fee is received at the later of the two: documents at the registry, money at the accounts office",
		"須繳費的提交，以登記處收到文件及會計部收到款項兩者中較後者為收到時間"),
	DocumentsAlone: law.T("a filing is received when its documents are", "以收到文件的時間為收到提交的時間"),
}

var feeSays = map[FeeInstant]law.Text{
	PriceAtDeemed: law.T("priced as of {at}, the deemed receipt as if paid at once; a later payment does not change the price",
		"費用按 {at}（假設即時付款而視為收到的時間）計算；其後付款不會改變費用"),
	PriceAtSubmission: law.T("priced as of {at}, when the last byte was in", "費用按 {at}（最後一個位元組到達的時間）計算"),
}
