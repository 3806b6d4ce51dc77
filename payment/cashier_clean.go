package payment

import (
	"crypto/sha256"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"courts.example/eservices/payment/internal/key"
)

// clean takes out of an answer what may not be kept: what could be a card number, what is no money, and addresses to which no payer may be
// sent. What it had to take out of the next action is flagged.
func clean(caps Capabilities, r QueryReply) (QueryReply, []Flag) {
	var flags []Flag
	if HasCard(r.GatewayRef) || key.CheckText("the gateway's reference", r.GatewayRef, maxText) != nil {
		r.GatewayRef = "" // another than the gateway's own would be of no use to ask by
	}
	payments := make([]GatewayPayment, 0, len(r.Payments))
	for _, p := range r.Payments {
		if p.Amount.Sign() <= 0 {
			flags = append(flags, FlagMismatch)
			continue
		}
		payments = append(payments, cleanPayment(p))
	}
	r.Payments = payments
	if !safe(r.Next, caps.RedirectHosts) {
		flags = append(flags, FlagAddress)
		r.Next = NextAction{}
	}
	if !slices.Contains(declines(), r.Decline) {
		r.Decline = ""
	}
	return r, flags
}

// cleanPayment is a payment as it may be kept.
func cleanPayment(p GatewayPayment) GatewayPayment {
	p.ID = gatewayID(p.ID)
	if p.PaidAt = key.Instant(p.PaidAt); key.CheckTime("the instant of payment", p.PaidAt) != nil {
		p.PaidAt = time.Time{}
	}
	if p.Means != "" && (p.Means == DepositAccount || p.Means == Counter || HasCard(string(p.Means)) || key.CheckName("the means", string(p.Means)) != nil) {
		p.Means = ""
	}
	if !showsMasked(p.Masked) {
		p.Masked = ""
	}
	return p
}

// gatewayID is a gateway's name for something as it stands in our records: as it is when it can name a record and is no card number, else
// its digest.
func gatewayID(id string) string {
	clean := ScrubID(id)
	if key.CheckID("the gateway's id", clean, maxGatewayID) == nil {
		return clean
	}
	sum := sha256.Sum256([]byte(id))
	return "x-" + letters.EncodeToString(sum[:])[:MaxReference]
}

// showsMasked reports whether s is the name of a brand and the last digits of a card, and no more.
func showsMasked(s string) bool {
	brand := strings.TrimRight(s, "0123456789")
	name := strings.TrimRight(brand, " *")
	if len(s)-len(brand) != lastDigits || len(name) > maxBrand || len(s) > maxMasked {
		return false
	}
	return strings.Trim(name, " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// What a payer may be shown of a card.
const (
	lastDigits = 4
	maxBrand   = 20
)

// private reports whether an action has what could be a card number: it is for the payer who is there, and is not kept.
func private(next NextAction) bool {
	for name, value := range next.Fields {
		if HasCard(name) || HasCard(value) {
			return true
		}
	}
	return HasCard(next.URL) || HasCard(next.Code)
}

// maxAction bounds an action in bytes.
const maxAction = 16 << 10

// sizeOf is the number of bytes of an action.
func sizeOf(next NextAction) int {
	n := len(next.URL) + len(next.Code)
	for name, value := range next.Fields {
		n += len(name) + len(value)
	}
	return n
}

// safe reports whether a payer may be sent to what a gateway names: a secure address on one of its hosts, or one of this machine.
func safe(next NextAction, hosts []string) bool {
	if sizeOf(next) > maxAction {
		return false
	}
	if next.URL == "" {
		return next.Flow == "" || next.Flow == QR && next.Code != ""
	}
	u, err := url.Parse(next.URL)
	if err != nil || u.User != nil {
		return false
	}
	switch u.Scheme {
	case "https":
	case "http":
		if ip, err := netip.ParseAddr(u.Hostname()); err != nil || !ip.IsLoopback() {
			return false
		}
	default:
		return false
	}
	return slices.ContainsFunc(hosts, func(h string) bool { return strings.EqualFold(h, u.Host) || strings.EqualFold(h, u.Hostname()) })
}
