package filing_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/calendar"
	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
)

func someFinding() filing.Finding {
	return filing.Finding{
		Code: "claim.amount.over-limit", Severity: filing.Refusal,
		Path: filing.Path{Line: 3, Column: "Amount", Pointer: "/amount", Reference: "INV-{amount}\x1b"},
		Provision: law.Provision{Instrument: "Harbour Act", Section: "s. 5", Status: law.Confirmed,
			From: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)},
		Values: []law.Value{law.V("amount", cad("2500")), law.V("limit", cad("2000")), law.V("excess", cad("500"))},
	}
}

func TestFindingText(t *testing.T) {
	f := someFinding()
	require.Equal(t, "The amount claimed is CAD 2500.00, CAD 500.00 over the limit of CAD 2000.00.", f.Text().In(law.English))
	require.Equal(t, "申索款額為 CAD 2500.00，超出 CAD 2000.00 的上限 CAD 500.00。", f.Text().In(law.TraditionalChinese))
	require.Contains(t, f.Remedy().In(law.English), "Abandon the excess")
	require.Equal(t, `line 3, column Amount, reference "INV-{amount}\x1b": claim.amount.over-limit (refusal): `+
		`The amount claimed is CAD 2500.00, CAD 500.00 over the limit of CAD 2000.00. [Harbour Act s. 5, confirmed]`, f.String())
	require.Equal(t, "field /amount", filing.Path{Pointer: "/amount"}.String())
	require.Empty(t, filing.Path{}.String())

	unknown := filing.Finding{Code: "no.such.code", Severity: filing.Warning}
	require.Equal(t, "no.such.code (warning): no.such.code", unknown.String())
	require.Nil(t, unknown.Remedy())
}

func TestFindingJSON(t *testing.T) {
	written, err := json.Marshal(someFinding())
	require.NoError(t, err)
	require.JSONEq(t, `{
		"code": "claim.amount.over-limit",
		"severity": "refusal",
		"path": {"line": 3, "column": "Amount", "pointer": "/amount", "reference": "INV-{amount}\u001b"},
		"provision": {"instrument": "Harbour Act", "section": "s. 5", "status": "confirmed", "from": "2024-01-01T00:00:00Z"},
		"text": {
			"en": "The amount claimed is CAD 2500.00, CAD 500.00 over the limit of CAD 2000.00.",
			"zh-Hant": "申索款額為 CAD 2500.00，超出 CAD 2000.00 的上限 CAD 500.00。"
		},
		"values": {"amount": "CAD 2500.00", "limit": "CAD 2000.00", "excess": "CAD 500.00"}
	}`, string(written))

	var back filing.Finding
	require.NoError(t, json.Unmarshal(written, &back))
	require.Equal(t, someFinding().Path, back.Path)
	require.Equal(t, someFinding().String(), back.String())
	require.Equal(t, someFinding().Remedy(), back.Remedy())
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(written), string(again))

	plain, err := json.Marshal(filing.Finding{Code: "batch.empty", Severity: filing.Refusal})
	require.NoError(t, err)
	require.NotContains(t, string(plain), "provision")
	require.NotContains(t, string(plain), "path")
}

// Words that look like placeholders, in a stored text or in a user's own value, stay as they are.
func TestFindingJSONKeepsBraces(t *testing.T) {
	f := filing.Finding{Code: "document.missing", Severity: filing.Refusal, Values: []law.Value{law.V("document", "{document}{x}.pdf")}}
	b, err := json.Marshal(f)
	require.NoError(t, err)
	var back filing.Finding
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, "There is no document {document}{x}.pdf.", back.Text().In(law.English))
}

func TestSeverityText(t *testing.T) {
	for _, s := range []filing.Severity{filing.Refusal, filing.Warning} {
		b, err := s.MarshalText()
		require.NoError(t, err)
		var back filing.Severity
		require.NoError(t, back.UnmarshalText(b))
		require.Equal(t, s, back)
	}
	_, err := filing.Severity(0).MarshalText()
	require.ErrorContains(t, err, "no severity has the number 0")
	var s filing.Severity
	require.ErrorContains(t, s.UnmarshalText([]byte("fatal")), "neither refusal nor warning")
	require.Equal(t, "severity(9)", filing.Severity(9).String())
	require.True(t, filing.Refuses([]filing.Finding{{Severity: filing.Warning}, {Severity: filing.Refusal}}))
	require.False(t, filing.Refuses([]filing.Finding{{Severity: filing.Warning}}))
}

func FuzzFindingJSON(f *testing.F) {
	seed, err := json.Marshal(someFinding())
	require.NoError(f, err)
	f.Add(seed)
	f.Add([]byte(`{"code":"x","severity":"warning","text":{"en":"{a}"},"values":{"a":"b"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var first, second filing.Finding
		if json.Unmarshal(data, &first) != nil {
			return
		}
		written, err := json.Marshal(first)
		if err != nil {
			return // a finding without a severity can be read, not written
		}
		if err := json.Unmarshal(written, &second); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		again, err := json.Marshal(second)
		if err != nil || string(again) != string(written) {
			t.Fatalf("%s, again %s: %v", written, again, err)
		}
		_ = first.String()
	})
}

func FuzzClaimJSON(f *testing.F) {
	claim := goodClaim(1)
	claim.Documents, claim.AroseOn = []string{"a.pdf"}, calendar.MustDate("2025-03-01")
	seed, err := json.Marshal(claim)
	require.NoError(f, err)
	f.Add(seed)
	p := harbour(f)
	b := powerBatch(p)
	f.Fuzz(func(t *testing.T, data []byte) {
		var first, second filing.Claim
		if json.Unmarshal(data, &first) != nil {
			return
		}
		written, err := json.Marshal(first)
		if err != nil {
			return // an amount in no currency can't be written
		}
		if err := json.Unmarshal(written, &second); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		if first.Keys("a") != second.Keys("a") {
			t.Fatalf("%s changes its keys", written)
		}
		for _, f := range findingsOf(checkAll(t, p, b, first)) {
			if _, err := json.Marshal(f); err != nil {
				t.Fatal(err)
			}
		}
	})
}
