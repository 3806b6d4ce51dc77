package simpay_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/payment/simpay"
)

// sealed makes the signature of a body as the documentation says, without the package's code.
func sealed(s simpay.Secret, stamp, body string) string {
	m := hmac.New(sha256.New, []byte(s))
	m.Write([]byte(stamp + "." + body))
	return "t=" + stamp + ",v1=" + hex.EncodeToString(m.Sum(nil))
}

func message(body, signature string) payment.Message {
	return payment.Message{
		Method: http.MethodPost, Path: "/notify/simpay", Body: []byte(body), Received: noon,
		Header: map[string][]string{"Simpay-Signature": {signature}},
	}
}

func stampOf(t time.Time) string { return fmt.Sprint(t.Unix()) }

const goodBody = `{"events":[{"id":"event-1","type":"session.paid","time":"2031-05-06T12:00:00Z","reference":"A-1",` +
	`"session":{"reference":"A-1","id":"session-1","state":"succeeded","expiresAt":"2031-05-06T13:00:00Z",` +
	`"payments":[{"id":"charge-1","amount":"EUR 12.50","paidAt":"2031-05-06T12:00:00Z"}]}}]}`

// A vector computed elsewhere: printf '1936008000.{"events":[]}' | openssl dgst -sha256 -hmac 'a secret of the tests'.
func TestASignatureFromElsewhere(t *testing.T) {
	const signed = "t=1936008000,v1=f70d0cc2a3afe30f5efb595976951f9269a26a9dbef8832f70f49dddcfc45d49"
	require.Equal(t, signed, sealed(secret, "1936008000", `{"events":[]}`))
	b := newBench(t)
	m := message(`{"events":[]}`, signed)
	m.Received = time.Unix(1936008000, 0)
	r, err := b.client.Notification(t.Context(), m)
	require.NoError(t, err)
	require.Equal(t, payment.RejectMalformed, r.Reject, "the signature holds, and there is nothing in it")
}

func TestSignaturesAndStamps(t *testing.T) {
	good := sealed(secret, stampOf(noon), goodBody)
	mac := strings.TrimPrefix(good, "t="+stampOf(noon)+",")
	for name, c := range map[string]struct {
		header []string
		want   payment.RejectReason
	}{
		"good":                     {[]string{good}, ""},
		"among others":             {[]string{"v0=x, " + good + ",v1=00"}, ""},
		"the other way round":      {[]string{mac + ",t=" + stampOf(noon)}, ""},
		"none":                     {nil, payment.RejectUnsigned},
		"empty":                    {[]string{""}, payment.RejectUnsigned},
		"twice":                    {[]string{good, good}, payment.RejectUnsigned},
		"no stamp":                 {[]string{mac}, payment.RejectUnsigned},
		"two stamps":               {[]string{"t=1," + good}, payment.RejectUnsigned},
		"no signature":             {[]string{"t=" + stampOf(noon)}, payment.RejectUnsigned},
		"no hexadecimal":           {[]string{"t=" + stampOf(noon) + ",v1=xyz"}, payment.RejectUnsigned},
		"too many":                 {[]string{good + strings.Repeat(",v1=00", 8)}, payment.RejectUnsigned},
		"short":                    {[]string{good[:len(good)-2]}, payment.RejectForged},
		"another secret":           {[]string{sealed("another secret of them", stampOf(noon), goodBody)}, payment.RejectForged},
		"another body":             {[]string{sealed(secret, stampOf(noon), goodBody+" ")}, payment.RejectForged},
		"another stamp":            {[]string{"t=" + stampOf(noon.Add(1)) + "," + mac[:10] + "00" + mac[12:]}, payment.RejectForged},
		"a stamp that is no time":  {[]string{sealed(secret, "noon", goodBody)}, payment.RejectMalformed},
		"a stamp in milliseconds":  {[]string{sealed(secret, stampOf(noon)+"000", goodBody)}, payment.RejectFuture},
		"a negative stamp":         {[]string{sealed(secret, "-9223372036854775808", goodBody)}, payment.RejectStale},
		"the last stamp of all":    {[]string{sealed(secret, "9223372036854775807", goodBody)}, payment.RejectFuture},
		"five minutes old":         {[]string{sealed(secret, stampOf(noon.Add(-300*time.Second)), goodBody)}, ""},
		"a second more":            {[]string{sealed(secret, stampOf(noon.Add(-301*time.Second)), goodBody)}, payment.RejectStale},
		"five minutes ahead":       {[]string{sealed(secret, stampOf(noon.Add(300*time.Second)), goodBody)}, ""},
		"a second more, ahead":     {[]string{sealed(secret, stampOf(noon.Add(301*time.Second)), goodBody)}, payment.RejectFuture},
		"a day ahead":              {[]string{sealed(secret, stampOf(noon.Add(24*time.Hour)), goodBody)}, payment.RejectFuture},
		"signed with the old also": {[]string{sealed("another secret of them", stampOf(noon), goodBody) + "," + mac}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			m := message(goodBody, "")
			m.Header = map[string][]string{"Simpay-Signature": c.header}
			r, err := b.client.Notification(t.Context(), m)
			require.NoError(t, err)
			require.Equal(t, c.want, r.Reject)
			require.Equal(t, c.want == "", r.Verified)
			require.Equal(t, c.want == "", len(r.Events) == 1)
			if c.want == "" {
				require.Equal(t, payment.Ack{Status: 200, ContentType: "text/plain", Body: []byte("ok")}, r.Ack)
			} else {
				require.Equal(t, payment.Ack{Status: 400, ContentType: "text/plain", Body: []byte("no")}, r.Ack)
			}
		})
	}
}

// Without an instant of receipt the client's clock is the measure.
func TestTheClockIsUsedWhereNobodySaysWhen(t *testing.T) {
	b := newBench(t)
	m := message(goodBody, sealed(secret, stampOf(noon), goodBody))
	m.Received = time.Time{}
	r, err := b.client.Notification(t.Context(), m)
	require.NoError(t, err)
	require.True(t, r.Verified)
	b.clock.add(301 * time.Second)
	r, err = b.client.Notification(t.Context(), m)
	require.NoError(t, err)
	require.Equal(t, payment.RejectStale, r.Reject)
}

func TestBodies(t *testing.T) {
	event := func(old, new string) string { return strings.Replace(goodBody, old, new, 1) }
	for name, c := range map[string]struct {
		body   string
		want   payment.RejectReason
		events int
	}{
		"good":                     {goodBody, "", 1},
		"one from tomorrow":        {event("session.paid", "weather.changed"), "", 0},
		"a known one with nothing": {`{"events":[{"id":"e","type":"session.paid","time":"2031-05-06T12:00:00Z","reference":"A-1"}]}`, "", 0},
		"more fields":              {event(`"id":"event-1"`, `"id":"event-1","colour":"red"`), "", 1},
		"a state from tomorrow":    {event("succeeded", "shiny"), "", 1},
		"no JSON":                  {"reference=A-1&state=paid", payment.RejectMalformed, 0},
		"empty":                    {"", payment.RejectMalformed, 0},
		"null":                     {"null", payment.RejectMalformed, 0},
		"no events":                {`{"events":[]}`, payment.RejectMalformed, 0},
		"two":                      {goodBody + goodBody, payment.RejectMalformed, 0},
		"deep":                     {strings.Repeat(`[`, 50000) + strings.Repeat(`]`, 50000), payment.RejectMalformed, 0},
		"no text":                  {event("A-1", "A-1\xff"), payment.RejectMalformed, 0},
		"an event without id":      {event(`"id":"event-1",`, ""), payment.RejectMalformed, 0},
		"an event without time":    {event(`"time":"2031-05-06T12:00:00Z",`, ""), payment.RejectMalformed, 0},
		"an event about another":   {event(`"session":{"reference":"A-1"`, `"session":{"reference":"A-2"`), payment.RejectMalformed, 0},
		"a strange reference":      {strings.ReplaceAll(goodBody, "A-1", "A|1"), payment.RejectMalformed, 0},
		"an amount that is none":   {event("EUR 12.50", "EUR 12.505"), payment.RejectMalformed, 0},
		"a currency that is none":  {event("EUR", "EUX"), payment.RejectMalformed, 0},
		"too long":                 {goodBody + strings.Repeat(" ", 256<<10), payment.RejectTooLarge, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			r, err := b.client.Notification(t.Context(), message(c.body, sealed(secret, stampOf(noon), c.body)))
			require.NoError(t, err)
			require.Equal(t, c.want, r.Reject)
			require.Len(t, r.Events, c.events)
			if name == "a state from tomorrow" {
				require.Equal(t, payment.AttemptUnknown, r.Events[0].Snapshot.State)
			}
			r, err = b.client.Notification(t.Context(), message(c.body, sealed("another secret of them", stampOf(noon), c.body)))
			require.NoError(t, err)
			require.Contains(t, []payment.RejectReason{payment.RejectForged, payment.RejectTooLarge}, r.Reject, "verified before it is parsed")
		})
	}
}

func TestSecretsChange(t *testing.T) {
	const fresh = simpay.Secret("a new secret of the tests")
	b := newBench(t)
	b.create("A-1")
	both := b.newClient(b.sim.RoundTripper(), fresh, secret)
	_, err := both.Health(t.Context())
	b.class(err, payment.Config)
	require.NoError(t, b.sim.SetSecrets(fresh, secret))
	_, err = both.Health(t.Context())
	require.NoError(t, err)
	_, err = b.client.Health(t.Context())
	require.NoError(t, err)
	b.act("A-1", simpay.DeedPay)
	messages, err := b.sim.Messages()
	require.NoError(t, err)
	for _, c := range []*simpay.Client{b.client, both, b.newClient(nil, fresh)} {
		r, err := c.Notification(t.Context(), messages[0])
		require.NoError(t, err)
		require.True(t, r.Verified)
	}
	require.NoError(t, b.sim.SetSecrets(fresh))
	_, err = b.client.Health(t.Context())
	b.class(err, payment.Config)
	require.ErrorIs(t, b.sim.SetSecrets(), simpay.ErrOptions)
	require.ErrorIs(t, b.sim.SetSecrets(""), simpay.ErrOptions)
}

// told gives the ids of the events that come, message by message.
func (b *bench) told() (all [][]string) {
	b.Helper()
	messages, err := b.sim.Messages()
	require.NoError(b, err)
	for _, m := range messages {
		r, err := b.client.Notification(b.Context(), m)
		require.NoError(b, err)
		require.True(b, r.Verified)
		var ids []string
		for _, e := range r.Events {
			ids = append(ids, e.ID)
		}
		all = append(all, ids)
	}
	return all
}

func TestPlansForNotifications(t *testing.T) {
	const n = 400
	run := func(t *testing.T, p simpay.NotifyPlan) (at0, later [][]string) {
		b := newBench(t)
		require.NoError(t, b.sim.PlanNotifications(p))
		for i := range n {
			b.paid(fmt.Sprint("A-", i))
		}
		at0 = b.told()
		b.clock.add(time.Minute)
		return at0, b.told()
	}
	in := func(all [][]string) []string { return slices.Concat(all...) }

	now, later := run(t, simpay.NotifyPlan{})
	require.Len(t, now, n)
	require.True(t, slices.IsSorted(in(now)))
	require.Empty(t, later)

	now, later = run(t, simpay.NotifyPlan{Drop: 1})
	require.Empty(t, now)
	require.Empty(t, later)

	now, _ = run(t, simpay.NotifyPlan{Drop: 0.25})
	require.InDelta(t, n*0.75, len(now), 40)
	same, _ := run(t, simpay.NotifyPlan{Drop: 0.25})
	require.Equal(t, now, same, "lots are drawn from the seed")

	now, _ = run(t, simpay.NotifyPlan{Double: 1})
	require.Len(t, now, 2*n)
	ids := in(now)
	slices.Sort(ids)
	require.Len(t, slices.Compact(ids), n)

	now, later = run(t, simpay.NotifyPlan{Delay: time.Minute})
	require.Less(t, len(now), n/4)
	require.Len(t, in(append(now, later...)), n)
	require.False(t, slices.IsSorted(in(later)), "each waits a time of its own")

	now, _ = run(t, simpay.NotifyPlan{Shuffle: true})
	require.Len(t, now, n)
	require.False(t, slices.IsSorted(in(now)))

	now, _ = run(t, simpay.NotifyPlan{Batch: 30})
	require.Len(t, now, 14)
	require.Len(t, in(now), n)

	b := newBench(t)
	for _, bad := range []simpay.NotifyPlan{{Drop: -0.1}, {Drop: 1.1}, {Double: 2}, {Delay: -1}, {Batch: -1}} {
		require.ErrorIs(t, b.sim.PlanNotifications(bad), simpay.ErrOptions)
	}
}

func TestAnnouncements(t *testing.T) {
	b := newBench(t)
	b.create("A-1")
	require.NoError(t, b.sim.Announce("weather.changed", "A-1", "https://court.test/n"))
	require.NoError(t, b.sim.Announce("session.paid", "nobody", "https://court.test/n"))
	require.NoError(t, b.sim.Announce("session.paid", "A-1", "https://court.test/n"))
	events := b.events()
	require.Len(t, events, 1)
	require.Equal(t, payment.AttemptPending, events[0].Snapshot.State)
	b.create("A-2", func(r *payment.CreateRequest) { r.NotifyURL = "" })
	b.act("A-2", simpay.DeedPay)
	require.Empty(t, b.events(), "who names no address hears nothing")
}

// A notification is what Query said then, in the same words.
func TestAMessageIsAnEarlierQuery(t *testing.T) {
	b := newBench(t)
	b.create("A-1", func(r *payment.CreateRequest) { r.Authorise = true })
	b.act("A-1", simpay.DeedPay)
	want := []payment.QueryReply{b.query("A-1")}
	_, err := b.client.Capture(t.Context(), operation("A-1", eur(100)))
	require.NoError(t, err)
	want = append(want, b.query("A-1"))
	_, err = b.client.Refund(t.Context(), refundOf("R-1", want[1].Payments[0].ID, eur(1), eur(100)))
	require.NoError(t, err)
	want = append(want, b.query("A-1"))
	d := b.dispute(want[1].Payments[0].ID)
	want = append(want, b.query("A-1"))
	require.NoError(t, b.sim.EndDispute(d, false))
	want = append(want, b.query("A-1"))
	var have []payment.QueryReply
	for _, e := range b.events() {
		have = append(have, e.Snapshot)
	}
	require.Equal(t, want, have)
}

func TestSecretsDoNotShow(t *testing.T) {
	text := fmt.Sprintf("%v %+v %#v %s %q", secret, secret, secret, secret, secret)
	require.NotContains(t, text, "tests")
	j, err := json.Marshal(simpay.ClientOptions{Secrets: []simpay.Secret{secret}}.Secrets)
	require.NoError(t, err)
	require.Equal(t, `["[redacted]"]`, string(j))
	require.Equal(t, "[redacted]", secret.LogValue().String())
	b := newBench(t)
	require.NotContains(t, fmt.Sprintf("%+v", simpay.Options{Secrets: []simpay.Secret{secret}}), "tests")
	_, err = b.newClient(b.sim.RoundTripper(), "another secret of them").Health(t.Context())
	require.NotContains(t, err.Error(), "another")
}
