package filing_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
)

func TestLoadPolicyIsStrict(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"unknown member":   {`"court":`, `"colour": "red", "court":`, `unknown field "colour"`},
		"repeated member":  {`"court":`, `"court": "X", "court":`, `member "court" stands twice in one object`},
		"repeated inside":  {`"reference": 30,`, `"reference": 30, "reference": 31,`, `member "reference" stands twice`},
		"bad amount":       {`CAD 1000.00`, `CAD 1e3`, `byte `},
		"bad status":       {`"status": "secondary"`, `"status": "certain"`, `"certain"`},
		"bad instant":      {`2024-06-01T00:00:00-02:30`, `2024-06-01`, `parsing time`},
		"no JSON":          {`"court": "HCC"`, `court: HCC`, `byte `},
		"failed proof":     {`"claims": 100`, `"claims": 0`, `filing: policy HCC: batches: claims must be above zero`},
		"a broken overlap": {`"until": "2025-07-01T00:00:00-02:30"`, `"until": "2025-07-01T00:00:01-02:30"`, `limits[1]: applies at the same time as limits[0]`},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, string(harbourTables), c.from)
			_, err := filing.LoadPolicy([]byte(strings.Replace(string(harbourTables), c.from, c.to, 1)), time.UTC)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := filing.LoadPolicy(append([]byte(nil), string(harbourTables)+"{}"...), time.UTC)
	require.ErrorContains(t, err, "something stands after the object")
	_, err = filing.LoadPolicy([]byte(strings.Repeat("[", 100)), time.UTC)
	require.ErrorContains(t, err, "more than 32 levels")
	_, err = filing.LoadPolicy(harbourTables, nil)
	require.ErrorContains(t, err, "zone: must be given")
}

func FuzzLoadPolicy(f *testing.F) {
	f.Add(harbourTables)
	f.Add([]byte(`{"court":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := filing.LoadPolicy(data, time.UTC)
		if err != nil {
			return
		}
		p.Assess("harbour-power", "power", money.New(1, p.Currency), time.Unix(1e9, 0))
	})
}

// Every bad row is named, all of them in one error.
func TestValidateNamesEveryBadRow(t *testing.T) {
	p := harbour(t)
	p.Name = nil
	p.Zone = nil
	p.Currency = money.Currency{}
	p.Languages = nil
	p.Notices[0].Provision.Status = law.Unstated
	p.Approvals[0].ID = "Harbour Power"
	p.Approvals[1].Name = law.Text{"en": "HARBOUR power"}
	p.Approvals[1].Categories = []filing.Category{"gas"}
	p.Categories = append(p.Categories, p.Categories[0], filing.CategoryTerms{Category: "x", Name: law.T("x", ""), Years: []int{0},
		Provision: p.Categories[0].Provision})
	p.Exclusions[0].Natures = nil
	p.Limits[1].Amount = cad("0")
	p.Limits[0].Provision.From = p.Limits[0].Provision.Until
	p.Grounds.Particulars = law.Provision{}
	p.Grounds.Splitting.Status = law.Unstated
	p.Texts.Name = 0
	p.Documents.Types = []string{"text/html"}
	p.Documents.Bytes, p.Documents.Pages = 0, -1
	p.Rules = append(p.Rules, p.Rules[0], filing.Rule{Name: "none"}, filing.Rule{Name: "odd", Codes: []filing.Code{"odd"},
		Check: func(*filing.Context, *filing.Claim) {}})
	p.Codes = []filing.Entry{{Code: "batch.empty", Text: law.T("x", ""), Severity: filing.Refusal}, {Code: "half"}}
	err := p.Validate()
	for _, want := range []string{
		"court: court, name and type must be given",
		"zone: must be given",
		"currency: must be given",
		"languages: must name",
		"notices[0]: its provision has no status",
		"approvals[0] (Harbour Power): id \"Harbour Power\" is not made of",
		"approvals[1] (town-water): the name \"HARBOUR power\" is that of Harbour Power too",
		"approvals[1] (town-water): category \"gas\" is not in categories",
		"categories[3] (power): stands twice",
		"categories[4] (x): a period of limitation has at least one year",
		"exclusions[0]: must have a name and the natures",
		"limits[1]: \"CAD 0.00\" is no sum above zero",
		"limits[0]: its provision ends before it begins",
		"grounds.particulars: its provision cites no instrument",
		"grounds.splitting: its provision has no status",
		"texts: every bound must be above zero",
		"documents: bytes and perClaim must be above zero",
		"documents: pages must be above zero",
		"documents.types[0]: \"text/html\" can't be recognised by its content",
		"rules[14] (text): the name stands twice",
		"rules[15] (none): must have a name and either Check or Start",
		"rules[16] (odd): code \"odd\" is in no catalogue",
		"codes[0] (batch.empty): is a code of the built-in catalogue",
		"codes[1] (half): must have a code, a severity and a text",
	} {
		require.ErrorContains(t, err, want)
	}
	_, err = p.NewCheck(filing.Batch{At: time.Unix(1e9, 0)})
	require.Error(t, err, "a bad policy checks nothing")
}

func TestPolicyLookups(t *testing.T) {
	p := harbour(t)
	for _, name := range []string{"harbour-power", "Harbour Power", "  HARBOUR\u3000power", "énergie du PORT"} {
		c, ok := p.Claimant(name)
		require.True(t, ok, name)
		require.Equal(t, "harbour-power", c.ID)
	}
	for _, name := range []string{"", " ", "Harbour", "HARBOUR-POWER"} {
		_, ok := p.Claimant(name)
		require.False(t, ok, name)
	}
	terms, ok := p.Category("water")
	require.True(t, ok)
	require.Equal(t, []int{3, 1}, terms.Years)
	_, ok = p.Category("gas")
	require.False(t, ok)
}

// The instants at which a limit changes are those of the court's zone: summer time there is two and a half hours behind UTC.
func TestLimitByInstant(t *testing.T) {
	p := harbour(t)
	for at, want := range map[string]string{
		"2024-01-01T03:29:59Z": "",
		"2024-01-01T03:30:00Z": "CAD 1000.00",
		"2025-07-01T02:29:59Z": "CAD 1000.00",
		"2025-07-01T02:30:00Z": "CAD 2000.00",
		"2027-01-01T03:29:59Z": "CAD 2000.00",
		"2027-01-01T03:30:00Z": "",
	} {
		instant, err := time.Parse(time.RFC3339, at)
		require.NoError(t, err)
		l, ok := p.LimitAt(instant)
		require.Equal(t, want != "", ok, at)
		if ok {
			require.Equal(t, want, l.Amount.String(), at)
		}
	}
}

func TestNoticeByTypeVenueAndInstant(t *testing.T) {
	p := harbour(t)
	for _, c := range []struct {
		kind, venue, on string
		want            bool
	}{
		{"", "", "2024-01-01", true},
		{"", "", "2023-12-31", false},
		{"bulk", "south-pier", "2025-01-01", true},
		{"single", "", "2025-01-01", false},
		{"single", "south-pier", "2025-01-01", false},
		{"single", "north-pier", "2025-01-01", true},
		{"single", "north-pier", "2024-12-31", false},
		{"family", "north-pier", "2025-01-01", false},
	} {
		_, ok := p.NoticeAt(c.kind, c.venue, noon(p, c.on))
		require.Equal(t, c.want, ok, "%+v", c)
		result, _ := checkResult(t, p, filing.Batch{Type: c.kind, Venue: c.venue, Claimant: "harbour-power", At: noon(p, c.on)})
		require.Equal(t, !c.want, result.Counts["batch.not-electronic"] == 1, "%+v", c)
	}
}

func checkResult(t *testing.T, p filing.Policy, b filing.Batch) (filing.Result, []filing.Checked) {
	out, result := checkAll(t, p, b, goodClaim(1))
	return result, out
}
