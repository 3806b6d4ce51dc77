package gatewaytest

import (
	"time"

	"courts.example/eservices/payment"
)

// timeRules are group L: time and language.
func timeRules() []rule {
	return []rule{
		{id: "L1", text: "an adapter whose clock is an hour off works, and says so", test: wrongClock},
		{id: "L2", text: "midnight, leap day and the turn of the year", test: oddInstants},
		{id: "L3", text: "instants are in the right zone", test: rightZone},
		{id: "L4", text: "Chinese text survives", test: chineseText},
	}
}

func wrongClock(b *bench) {
	s, ok := b.s.(Skewer)
	if !ok {
		leave(b, NotChecked, "the sandbox has no Skewer")
	}
	for _, off := range []time.Duration{-time.Hour, time.Hour} {
		b.g = s.Skewed(b, off)
		_, p := b.paid()
		if d := b.s.Now().Sub(p.PaidAt).Abs(); d > time.Minute {
			b.Errorf("by an adapter whose clock is %v off, the instant of a payment is %v off", off, d)
		}
		prober, ok := b.g.(payment.Prober)
		if !ok {
			continue
		}
		ctx, cancel := b.call()
		health, err := prober.Health(ctx)
		cancel()
		if err != nil || (health.Skew+off).Abs() > time.Minute {
			b.Errorf("Health of an adapter whose clock is %v ahead: the company's is %v ahead, error %v", off, health.Skew, err)
		}
	}
}

// next gives the first instant after now that is a special one in the company's zone.
func next(now time.Time, special func(year int) time.Time) time.Time {
	for year := now.Year(); ; year++ {
		if t := special(year); t.After(now) && (t.Month() != time.March || t.AddDate(0, 0, -1).Day() == 29) {
			return t
		}
	}
}

func oddInstants(b *bench) {
	zone := b.s.Now().Location()
	at := func(month time.Month, day int) func(int) time.Time {
		return func(year int) time.Time { return time.Date(year, month, day, 0, 0, 0, 0, zone) }
	}
	for _, special := range []func(int) time.Time{at(time.January, 1), at(time.March, 1)} { // the second ends a leap day: see next
		turn := next(b.s.Now(), special)
		b.wait(turn.Sub(b.s.Now()) - time.Second)
		for range 2 {
			r := b.request()
			a := b.create(r)
			b.equal("the expiry told", a.Next.ExpiresAt.Equal(r.ExpiresAt), true)
			b.must(r.Reference, Act{Deed: Pay})
			if p := b.payment(r.Reference); b.s.Now().Sub(p.PaidAt).Abs() > time.Second {
				b.Errorf("paid at %v, told as %v", b.s.Now(), p.PaidAt)
			}
			b.wait(time.Second)
		}
	}
}

func rightZone(b *bench) {
	r := b.request()
	b.create(r)
	b.must(r.Reference, Act{Deed: Pay})
	now := b.s.Now()
	q := b.query(r.Reference)
	instants := map[string]time.Time{"the payment": b.payment(r.Reference).PaidAt, "the expiry": q.Expires.Add(-b.session())}
	if b.caps.Notifies {
		if mail, ok := b.s.(Mail); ok {
			if all, err := mail.Sent(r.Reference); err == nil && len(all) > 0 {
				instants["the event"] = b.event(all[len(all)-1]).Time
			}
		}
	}
	for what, instant := range instants {
		if now.Sub(instant).Abs() > time.Minute {
			b.Errorf("the instant of %s is %v, must be %v", what, instant, now)
		}
	}
}

func chineseText(b *bench) {
	r := b.request()
	r.Description, r.Locale = "小額錢債審裁處 入稟費 𨋢 嘅 é “”", "zh-HK"
	b.create(r)
	b.equal("the description", b.asked(r.Reference).Description, r.Description)
}
