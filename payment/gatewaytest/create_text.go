package gatewaytest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"courts.example/eservices/payment"
)

// quote shows a text that may be anything.
func quote(s string) string { return fmt.Sprintf("%.40q", s) }

func exactAddresses(b *bench) {
	r := b.request()
	r.ReturnURL = "https://court.example/return/a%2Fb?token=x%26y+z&n=1&n=2#top"
	r.CancelURL = "https://court.example/cancel?q=%E6%B3%95%7C&empty="
	r.NotifyURL = "https://court.example:8443/notify?k=a%3Db%3Bc"
	b.create(r)
	asked := b.asked(r.Reference)
	b.equal("the return address", asked.ReturnURL, r.ReturnURL)
	b.equal("the cancel address", asked.CancelURL, r.CancelURL)
	b.equal("the notify address", asked.NotifyURL, r.NotifyURL)
}

func exactLocale(b *bench) {
	for _, locale := range []string{"en", "zh-HK", "zh-CN"} {
		r := b.request()
		r.Locale = locale
		b.create(r)
		b.equal("the language", b.asked(r.Reference).Locale, locale)
	}
}

func quietAddress(b *bench) {
	flows(b, func(r payment.CreateRequest, _ payment.AttemptReply) {
		again := b.request()
		again.Flow, again.Description = r.Flow, "Oystercatcher & 蠔鷸"
		u := b.create(again).Next.URL
		plain, err := url.QueryUnescape(u)
		if err != nil {
			plain = u
		}
		for _, word := range []string{"Oystercatcher", "蠔鷸"} {
			if strings.Contains(u, word) || strings.Contains(plain, word) {
				b.Errorf("%s: the address %q holds the description", r.Flow, u)
			}
		}
	})
}

func declaredHosts(b *bench) {
	flows(b, func(r payment.CreateRequest, a payment.AttemptReply) {
		if r.Flow != payment.Redirect && r.Flow != payment.FormPost {
			return
		}
		u, err := url.Parse(a.Next.URL)
		if err != nil || u.User != nil || (u.Scheme != "https" && u.Scheme != "http") ||
			!slices.Contains(b.caps.RedirectHosts, u.Host) && !slices.Contains(b.caps.RedirectHosts, u.Hostname()) {
			b.Errorf("%s: the payer is sent to %q; declared are %q", r.Flow, a.Next.URL, b.caps.RedirectHosts)
		}
	})
}

func plainFields(b *bench) {
	r := b.request()
	r.Flow, r.Description = payment.FormPost, `"><b>&amp;a=b&c=%7C|+`
	for name, value := range b.create(r).Next.Fields {
		for _, twice := range []string{"&quot;", "&#34;", "&lt;", "&amp;amp;", "%22%3E", "%257C"} {
			if strings.Contains(value, twice) {
				b.Errorf("the field %q is escaped already: %s", name, quote(value))
			}
		}
		if name == "" || strings.ContainsAny(name, "<>\"'&= \r\n") {
			b.Errorf("%s is no name of a field", quote(name))
		}
	}
}

func rightCode(b *bench) {
	seen := map[string]bool{}
	for _, minor := range []int64{14000, 14000, 1005} {
		r := b.request()
		r.Flow, r.Amount = payment.QR, b.amount(minor)
		code := b.create(r).Next.Code
		if seen[code] {
			b.Errorf("two attempts have the same code %s", quote(code))
		}
		seen[code] = true
		if strings.HasPrefix(code, "0002") {
			if err := checkMerchantCode(code, r.Reference, r.Amount); err != nil {
				b.Errorf("the code %s: %v", quote(code), err)
			}
		}
	}
}

func onlyMeans(b *bench) {
	r := b.request()
	r.Means = "cowrie-shells"
	_, err := b.try(b.g, r)
	b.class("Create with means that are not declared", err, payment.Invalid)
	for _, means := range b.caps.Means {
		r := b.request()
		r.Means = means
		b.create(r)
		b.must(r.Reference, Act{Deed: Pay})
		b.equal("the means of the payment", b.payment(r.Reference).Means, means)
	}
}
