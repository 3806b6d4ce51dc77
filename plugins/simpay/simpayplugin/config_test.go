package simpayplugin_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/payment"
	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/simpay/simpayplugin"
)

const secret = "a secret of the tests"

// with gives a good configuration with fields changed; nil takes one away.
func with(changes map[string]any) []byte {
	all := map[string]any{"url": "http://127.0.0.1:8081", "secrets": []string{secret}, "currencies": []string{"HKD"}}
	for name, v := range changes {
		all[name] = v
		if v == nil {
			delete(all, name)
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return text
}

func TestConfigurations(t *testing.T) {
	c, err := simpayplugin.Open(with(map[string]any{
		"merchant": "second-account", "currencies": []string{"HKD", "JPY"}, "means": []string{"card"}, "window": "2h", "inFlight": "30s", "sessionMin": "2m",
		"sessionMax": "3h", "authorised": "48h", "late": "1h", "refundWindow": "720h", "maxRefunds": 3, "payTwice": true,
		"url": "https://pay.example/api",
	}))
	require.NoError(t, err)
	d := c.Describe()
	require.Equal(t, "second-account", d.ID)
	require.Equal(t, []string{"HKD", "JPY"}, d.Currencies)
	require.Equal(t, []payment.Means{"card"}, d.Means)
	require.Equal(t, []time.Duration{2 * time.Hour, 30 * time.Second, 2 * time.Minute, 3 * time.Hour}, []time.Duration{d.Window, d.InFlight, d.SessionMin, d.SessionMax})
	require.Equal(t, 3, d.MaxRefunds)
	require.True(t, d.PayerCanPayTwice)
	require.Equal(t, []string{"pay.example"}, d.RedirectHosts)

	c, err = simpayplugin.Open(with(nil))
	require.NoError(t, err)
	require.Equal(t, "simpay", c.Describe().ID)
	require.Equal(t, 24*time.Hour, c.Describe().Window)
}

func TestBadConfigurations(t *testing.T) {
	for path, config := range map[string][]byte{
		"":              []byte(`[]`),
		"/url":          with(map[string]any{"url": nil}),
		"/url ":         with(map[string]any{"url": "ftp://x"}),
		"/url  ":        with(map[string]any{"url": "http://user:pw@x"}),
		"/url   ":       with(map[string]any{"url": 5}),
		"/merchant":     with(map[string]any{"merchant": "My Shop"}),
		"/secrets":      with(map[string]any{"secrets": nil}),
		"/secrets ":     with(map[string]any{"secrets": []string{}}),
		"/secrets  ":    with(map[string]any{"secrets": "a text in place of a list"}),
		"/secrets/1":    with(map[string]any{"secrets": []string{secret, "short"}}),
		"/currencies":   with(map[string]any{"currencies": nil}),
		"/currencies/0": with(map[string]any{"currencies": []string{"QQQ"}}),
		"/means/1":      with(map[string]any{"means": []string{"card", ""}}),
		"/window":       with(map[string]any{"window": "a day"}),
		"/late":         with(map[string]any{"late": "-1s"}),
		"/maxRefunds":   with(map[string]any{"maxRefunds": -1}),
		"/maxRefunds ":  with(map[string]any{"maxRefunds": 1.5}),
		"/payTwice":     with(map[string]any{"payTwice": "yes"}),
		"/a~1b":         with(map[string]any{"a/b": 1}),
		" ":             with(map[string]any{"window": "1s"}), // the adapter's own: a request lands after its key is forgotten
		"  ":            with(map[string]any{"sessionMin": "48h"}),
	} {
		_, err := simpayplugin.Open(config)
		var p sdk.Problems
		require.ErrorAs(t, err, &p, "%s", config)
		require.Len(t, p, 1, "%s: %v", config, p)
		require.Equal(t, strings.TrimSpace(path), p[0].Path)
		require.NotContains(t, err.Error(), "tests")
		require.NotContains(t, err.Error(), "short")
		require.NotContains(t, err.Error(), "a text in place")
	}
}

// Everything that is wrong is told at once.
func TestAllProblemsAtOnce(t *testing.T) {
	_, err := simpayplugin.Open([]byte(`{"url": "x", "merchant": "", "secrets": ["s"], "currencies": ["hkd"], "late": "soon", "colour": "blue"}`))
	var p sdk.Problems
	require.ErrorAs(t, err, &p)
	var paths []string
	for _, q := range p {
		paths = append(paths, q.Path)
	}
	require.Equal(t, []string{"/url", "/merchant", "/secrets/0", "/currencies/0", "/late", "/colour"}, paths)
}

// The schema is JSON and names every field that is read, and no other.
func TestSchema(t *testing.T) {
	var schema struct {
		Properties map[string]any `json:"properties"`
		Required   []string       `json:"required"`
	}
	require.NoError(t, json.Unmarshal([]byte(simpayplugin.About().ConfigSchema), &schema))
	require.Equal(t, []string{"url", "secrets", "currencies"}, schema.Required)
	for name := range schema.Properties {
		_, err := simpayplugin.Open(with(map[string]any{name: map[string]any{}})) // of no field's type
		require.ErrorContains(t, err, fmt.Sprintf("%q: is not ", "/"+name))
	}
}

// FuzzConfigurations: no configuration is a panic, and none that is taken lacks a secret or a currency.
func FuzzConfigurations(f *testing.F) {
	f.Add(with(nil))
	f.Add(with(map[string]any{"late": "1h", "means": []string{"card"}}))
	f.Add([]byte(`{"url":null}`))
	f.Fuzz(func(t *testing.T, config []byte) {
		c, err := simpayplugin.Open(config)
		if err != nil {
			var p sdk.Problems
			require.ErrorAs(t, err, &p)
			require.NotEmpty(t, p)
			return
		}
		d := c.Describe()
		require.NotEmpty(t, d.Currencies)
		require.NotEmpty(t, d.RedirectHosts)
		require.Less(t, d.InFlight, d.Window)
	})
}
