package payment_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/url"
	"strings"
	"testing"
	"testing/slogtest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/payment"
)

const (
	card       = "4242424242424242"
	cardNumber = 4242424242424242
)

// Types that hide a card number from those who look at strings only.
type (
	texter   struct{ s string }
	jsoner   struct{ s string }
	stringer struct{ s string }
	valuer   struct{ v slog.Value }
	endless  struct{}
	bytesOf  []byte
	secret   string
	inside   struct {
		Name  string `json:"name"`
		Raw   []byte
		Pan   int64
		Ratio float64
		Deep  map[string]any
		List  []string
		Ptr   *string
	}
	bomb struct{ cause any }
)

func (t texter) MarshalText() ([]byte, error) { return []byte(t.s), nil }
func (j jsoner) MarshalJSON() ([]byte, error) { return []byte(j.s), nil }
func (s stringer) String() string             { return s.s }
func (v valuer) LogValue() slog.Value         { return v.v }
func (secret) String() string                 { return "[redacted]" }
func (b bomb) Error() string                  { panic(b.cause) }
func (e endless) LogValue() slog.Value        { return slog.GroupValue(slog.Any("again", e)) }

// hidden are values that carry a card number in every way a value can.
func hidden() map[string]any {
	text := "number " + card
	loop := map[string]any{"n": card}
	loop["loop"] = loop
	return map[string]any{
		"string": text, "int": cardNumber, "int64": int64(cardNumber), "uint64": uint64(cardNumber), "float64": float64(cardNumber), "list": []any{text},
		"error": errors.New(text), "wrapped": fmt.Errorf("gateway: %w", errors.New(text)), "gateway error": &payment.GatewayError{Code: card, Detail: text},
		"text": texter{text}, "json": jsoner{`{"a":["` + card + `",` + card + `]}`}, "escaped json": jsoner{`"\u0034242424242424242"`},
		"exponent": jsoner{`4.242424242424242e15`}, "stringer": stringer{text}, "url": &url.URL{Scheme: "https", Host: "pay.example", Path: card},
		"bytes": []byte(text), "named bytes": bytesOf(text), "array": [16]byte([]byte(card)), "raw": json.RawMessage(`{"` + card + `":1}`),
		"secret": secret(card), "loop": loop, "channel": map[string]any{card: make(chan int)}, "reason": law.Reason{Data: card},
		"valuer": valuer{slog.StringValue(text)}, "valuer of valuer": valuer{slog.AnyValue(valuer{slog.AnyValue(errors.New(text))})},
		"group":   slog.GroupValue(slog.Group("a", slog.Group("b", slog.String("c", text), slog.Int(card, cardNumber)))),
		"struct":  inside{Name: text, Raw: []byte(card), Pan: cardNumber, Deep: map[string]any{card: []any{map[string]any{"x": text}}}, List: []string{"４２４２ 4242 4242 4242"}, Ptr: &text},
		"pointer": &inside{Name: card}, "panic": bomb{"at " + card}, "panic of an error": bomb{errors.New(card)}, "not a number": map[string]any{card: math.NaN(), "x": bomb{card}},
	}
}

// handlers are the two of log/slog; what they write must be free of what they were given.
func handlers(w io.Writer) map[string]slog.Handler {
	everything := &slog.HandlerOptions{AddSource: true, Level: slog.LevelDebug}
	return map[string]slog.Handler{"text": slog.NewTextHandler(w, everything), "json": slog.NewJSONHandler(w, everything)}
}

func requireClean(t *testing.T, name, written string) {
	t.Helper()
	require.NotEmpty(t, written, name)
	for _, trace := range []string{card, "4242 4242", "4.2424242", base64.StdEncoding.EncodeToString([]byte(card)), "NDI0MjQy", "424242424242"} {
		require.NotContains(t, written, trace, name)
	}
}

func TestDiscreetHidesCards(t *testing.T) {
	var out bytes.Buffer
	for kind, h := range handlers(&out) {
		for name, v := range hidden() {
			out.Reset()
			log := slog.New(payment.Discreet(h))
			log.Info("value "+card, name, v, card, 1)
			log.With("with", v).WithGroup(card).With(name, v).Debug("again", "v", v)
			requireClean(t, kind+": "+name, out.String())
			require.Contains(t, out.String(), "[card number removed]", name)
			if kind == "json" {
				for line := range strings.Lines(out.String()) {
					require.True(t, json.Valid([]byte(line)), "%s: %s", name, line)
				}
			}
		}
	}
}

func TestDiscreetKeepsTheRest(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(payment.Discreet(slog.NewJSONHandler(&out, &slog.HandlerOptions{ReplaceAttr: dropTime})))
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	var none *url.URL
	log.Info("attempt SCTC000123-260302PO01 is unknown",
		"at", at, "took", 1500*time.Millisecond, "amount", cents(120_00), "n", 7, "u", uint64(1<<63), "ratio", 0.30000000000000004, "ok", true, "nil", nil, "none", none,
		"id", "550e8400-e29b-41d4-a716-446655440000", "err", io.EOF, "raw", []byte("a<b"), "inside", inside{Name: "Lee & 陳", Ratio: 0.30000000000000004},
		slog.Group("g", "state", payment.AttemptUnknown, slog.Group("h", "x", 1)), "level", slog.LevelWarn, "broken", bomb{7}, "bad", texter{"\xff"})
	require.Equal(t, `{"level":"INFO","msg":"attempt SCTC000123-260302PO01 is unknown","at":"2026-03-02T09:00:00+08:00","took":1500000000,`+
		`"amount":"HKD 120.00","n":7,"u":9223372036854775808,"ratio":0.30000000000000004,"ok":true,"nil":null,"none":"<nil>",`+
		`"id":"550e8400-e29b-41d4-a716-446655440000","err":"EOF","raw":"a<b",`+
		`"inside":{"Deep":null,"List":null,"Pan":0,"Ptr":null,"Ratio":0.30000000000000004,"Raw":null,"name":"Lee & 陳"},`+
		`"g":{"state":"unknown","h":{"x":1}},"level":"WARN","broken":"!PANIC: a value of type payment_test.bomb: int","bad":"\ufffd"}`+"\n", out.String())

	out.Reset()
	text := slog.New(payment.Discreet(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: dropTime})))
	text.Warn("m", "v", map[string]int{"b": 2, "a": 1})
	require.Equal(t, `level=WARN msg=m v="{\"a\":1,\"b\":2}"`+"\n", out.String())
}

func dropTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

func TestDiscreetEndsWhatIsEndless(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(payment.Discreet(slog.NewJSONHandler(&out, nil)))
	log.Info("m", "v", endless{})
	require.Contains(t, out.String(), "!ERROR: groups more than 32 deep")
	require.False(t, slog.New(payment.Discreet(slog.NewJSONHandler(&out, nil))).Enabled(t.Context(), slog.LevelDebug))
}

// TestDiscreetIsAHandler runs the suite of log/slog.
func TestDiscreetIsAHandler(t *testing.T) {
	var out bytes.Buffer
	slogtest.Run(t, func(*testing.T) slog.Handler {
		out.Reset()
		return payment.Discreet(slog.NewJSONHandler(&out, nil))
	}, func(t *testing.T) map[string]any {
		var m map[string]any
		require.NoError(t, json.Unmarshal(out.Bytes(), &m))
		return m
	})
}

// TestNoTreePasses builds JSON-able values at random with numbers in them anywhere.
func TestNoTreePasses(t *testing.T) {
	leaf := rapid.OneOf(
		rapid.Custom(func(t *rapid.T) any { return spelled(t) }),
		rapid.Custom(func(t *rapid.T) any { return []byte("x" + spelled(t)) }),
		rapid.SampledFrom([]any{cardNumber, float64(cardNumber), json.Number(card), nil, true, "plain", 1.5}),
	)
	var node func(depth int) *rapid.Generator[any]
	node = func(depth int) *rapid.Generator[any] {
		if depth == 0 {
			return leaf
		}
		return rapid.OneOf(leaf,
			rapid.Custom(func(t *rapid.T) any { return rapid.SliceOfN(node(depth-1), 0, 3).Draw(t, "list") }),
			rapid.Custom(func(t *rapid.T) any {
				return map[string]any{spelled(t): node(depth-1).Draw(t, "value"), "b": node(depth-1).Draw(t, "other")}
			}))
	}
	rapid.Check(t, func(r *rapid.T) {
		var out bytes.Buffer
		v := node(3).Draw(r, "value")
		slog.New(payment.Discreet(slog.NewJSONHandler(&out, &slog.HandlerOptions{ReplaceAttr: dropTime}))).Info("m", "v", v)
		require.True(t, json.Valid(out.Bytes()), out.String())
		require.False(t, payment.HasCard(out.String()), out.String())
	})
}
