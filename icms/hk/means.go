package hk

import (
	"time"

	calendarhk "courts.example/eservices/calendar/hk"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

// PPS is payment by PPS Shop&Buy, from a bank account at the payer's browser.
const PPS payment.Means = "pps"

// Means gives the rules of payment of the Small Claims Tribunal for payment.NewMeansPolicy, in the order in which payers are offered them.
//
// The Judiciary publishes the means for iCMS as a whole, and since when the Tribunal's bulk claims are in it; that the Tribunal takes each of them
// since that day is inferred. Who need not be registered is stated for fines and search fees, by electronic means. The limits are
// in the Administrative Instructions on Electronic Payments to the Judiciary (Cap. 638 s. 33(2)(c)), which could not be read: they are
// unknown, refuse nothing, and stand in payment.MeansPolicy.Unknown. The Faster Payment System is not among the means published.
//
// That staff record what is paid at the counter is our policy, without limits or dates that anyone has told.
func Means() []payment.MeansRule {
	rules := make([]payment.MeansRule, 0, 7)
	for _, m := range []payment.Means{payment.DepositAccount, payment.Visa, payment.MasterCard, payment.UnionPay, payment.JCB, PPS} {
		r := payment.MeansRule{
			Court: smallClaims, Means: m, From: firstBulkClaims(), Unregistered: withoutRegistration(), Provision: electronicPayments(), Checked: meansChecked,
		}
		switch m {
		case PPS:
			r.Name = law.T("PPS", "繳費靈")
		case payment.DepositAccount: // kept for organisations only
			r.Unregistered = nil
		}
		rules = append(rules, r)
	}
	return append(rules, payment.MeansRule{
		Court: smallClaims, Means: payment.Counter, Anyone: true, Provision: assumed("payment at the counter", "staff record what is paid at the counter"),
		Checked: meansChecked,
	})
}

// smallClaims is the Tribunal's code, that of filing/hk.
const smallClaims = "SCT"

// meansChecked is the month in which the sources were read.
const meansChecked = "2026-11"

// firstBulkClaims is the beginning of the day on which the Tribunal's bulk claims went into iCMS.
func firstBulkClaims() time.Time {
	return time.Date(2024, time.October, 31, 0, 0, 0, 0, calendarhk.Zone())
}

func electronicPayments() law.Provision {
	return law.Provision{
		Instrument: "Judiciary FAQ on electronic payment", Section: "A1, A3 and A4",
		Title: "means of iCMS, courts in it and payers without registration; that the Small Claims Tribunal takes each of them since 31 Oct 2024 is inferred",
		URL:   "https://www.judiciary.hk/en/e_courts/faq_epayment.html", Status: law.Inferred,
	}
}

// withoutRegistration is what can be paid without authentication of the payer.
func withoutRegistration() []payment.PayerPurpose {
	return []payment.PayerPurpose{
		{Purpose: "fine", Name: law.T("fines", "罰款")},
		{Purpose: "search", Name: law.T("search fees", "查冊費")},
	}
}
