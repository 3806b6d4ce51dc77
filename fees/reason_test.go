package fees_test

import (
	"bytes"
	"fmt"
	"testing"

	"courts.example/eservices/fees"
	"courts.example/eservices/icms/law"
	"github.com/stretchr/testify/require"
)

// reasoned are uses of the invented court that take every kind of step.
func reasoned(t *testing.T, s *fees.Schedule) []fees.Line {
	t.Helper()
	var lines []fees.Line
	for _, c := range []struct {
		item   string
		mode   fees.Mode
		when   string
		amount string
		units  int64
	}{
		{"claim", fees.Paper, "2025-03-01T00:00:00Z", "", 0},
		{"claim", fees.Electronic, "2025-08-01T00:00:00Z", "", 0},
		{"claim", fees.Electronic, "2026-03-01T00:00:00Z", "299.99", 0},
		{"claim", fees.Electronic, "2026-03-01T00:00:00Z", "20", 0},
		{"claim", fees.Electronic, "2026-03-01T00:00:00Z", "300.01", 0},
		{"claim", fees.Electronic, "2026-08-01T00:00:00Z", "10000", 0},
		{"claim", fees.Paper, "2026-08-01T00:00:00Z", "10000.01", 0},
		{"copy", fees.Electronic, "2026-03-01T00:00:00Z", "", 3},
		{"copy", fees.Paper, "2020-03-01T00:00:00Z", "", 3},
		{"download", fees.Electronic, "2026-03-01T00:00:00Z", "", 1},
		{"seal", fees.Electronic, "2026-03-01T00:00:00Z", "", 0},
	} {
		ask := fees.Ask{Item: c.item, Mode: c.mode, Units: c.units}
		if c.amount != "" {
			ask.Amount = amount(t, s, c.amount)
		}
		q, err := s.Quote(fees.Request{At: at(t, c.when), Asks: []fees.Ask{ask}})
		require.NoError(t, err)
		lines = append(lines, q.Lines...)
	}
	return lines
}

func TestReasons(t *testing.T) {
	var out bytes.Buffer
	for _, l := range reasoned(t, harbour(t)) {
		fmt.Fprintf(&out, "%s %s %s: base %s, payable %s, %s\n", l.Item, l.Mode, l.Amount, l.Base, l.Payable, l.Status())
		for _, step := range l.Reason().Steps {
			fmt.Fprintf(&out, "\t%-17s %s", step.Code, step.Text().In(law.English))
			if cite := step.Provision.String(); cite != "" {
				fmt.Fprintf(&out, " (%s)", cite)
			}
			fmt.Fprintf(&out, "\n\t%-17s %s\n", "", step.Text().In(law.TraditionalChinese))
		}
	}
	golden(t, "reasons.txt", out.Bytes())
}

func TestReasonAgreesWithTheLine(t *testing.T) {
	for _, l := range reasoned(t, harbour(t)) {
		require.Equal(t, l.Status(), l.Reason().Status(), l.Item)
		require.NotContains(t, l.Reason().String(), "{", "a value is missing")
		require.NotContains(t, l.Reason().Line(law.TraditionalChinese), "{")
	}
}
