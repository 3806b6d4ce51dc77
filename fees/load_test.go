package fees_test

import (
	"os"
	"strings"
	"testing"

	"courts.example/eservices/fees"
	"github.com/stretchr/testify/require"
)

// TestDocumentedFile keeps the example of the package documentation the same as the file that the tests load.
func TestDocumentedFile(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	data, err := os.ReadFile("testdata/harbour.json")
	require.NoError(t, err)
	var shown strings.Builder
	for line := range strings.Lines(string(data)) {
		shown.WriteString(strings.TrimRight("//\t"+line, "\t\n"))
		shown.WriteByte('\n')
	}
	require.Contains(t, string(doc), shown.String())
}

func TestLoad(t *testing.T) {
	s := harbour(t)
	require.Equal(t, "harbour", s.Name())
	require.Equal(t, "2026-01", s.Version())
	require.Equal(t, "Hafengericht: Gebühren", s.Title().In("de"))
	require.Equal(t, "EUR", s.Currency().Code())
	require.Equal(t, "Europe/Berlin", s.Zone().String())
	var listed []string
	for _, it := range s.Items() {
		name := it.Name
		if it.Paper {
			name += " paper"
		}
		if it.Electronic {
			name += " electronic"
		}
		listed = append(listed, name)
	}
	require.Equal(t, []string{"claim paper electronic", "copy paper electronic", "seal paper electronic", "oath paper", "download electronic"}, listed)
}

func TestLoadRefusesJSON(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":           {"", "line 1: the file ends in the middle"},
		"cut short":         {"{\n\"format\": \"fees/1\",\n", "line 3: the file ends in the middle"},
		"trailing comma":    {"{\n\"format\": \"fees/1\",\n}", "line 3: not JSON"},
		"no colon":          {`{"format" "fees/1"}`, "line 1: not JSON"},
		"two values":        {file(item(`{"provision": "p", "flat": "1"}`)) + "{}", "more after"},
		"a list":            {"[]", "must be an object in braces, not a list"},
		"null":              {"null", "must be an object in braces, not a number, true, false or null"},
		"twice":             {"{\"name\": \"a\",\n\"name\": \"b\"}", `line 2: field "name" stands twice in the schedule, first on line 1`},
		"twice inside":      {`{"title": {"en": "a", "en": "b"}}`, `field "en" stands twice in title`},
		"not UTF-8":         {"{\"name\": \"\xff\"}", "not UTF-8"},
		"deep":              {strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40), "inside each other"},
		"deep lists":        {strings.Repeat("[", 100_000), "inside each other"},
		"long field name":   {`{"` + strings.Repeat("a", 65) + `": 1}`, "longer than 64 bytes"},
		"large":             {`{"name": "` + strings.Repeat("a", 1<<20) + `"}`, "has at most 1048576"},
		"other capitals":    {strings.Replace(file(item(`{"provision": "p", "flat": "1"}`)), `"items"`, `"Items"`, 1), `Items: unknown field`},
		"unknown field":     {file(item(`{"provision": "p", "flat": "1", "colour": "red"}`)), "items[0].editions[0].colour: unknown field; the fields here are from, until, provision"},
		"a byte-order mark": {"\ufeff{}", "line 1: not JSON"},
	} {
		t.Run(name, func(t *testing.T) { require.Contains(t, refused(t, c.text), c.want) })
	}
}

// TestLoadRefusesValues changes one place of a good file at a time.
func TestLoadRefusesValues(t *testing.T) {
	data, err := os.ReadFile("testdata/harbour.json")
	require.NoError(t, err)
	for name, c := range map[string]struct{ old, new, want string }{
		"format":             {`"fees/1"`, `"fees/2"`, `line 2, format: this program reads the format "fees/1"`},
		"no name":            {`"name": "harbour",`, ``, `field "name" is missing`},
		"name with a space":  {`"harbour"`, `"the harbour"`, "lower-case letters"},
		"version":            {`"2026-01",`, `"2026+01",`, "lower-case letters"},
		"empty title":        {`{"en": "Sealing"}`, `{}`, "items[2].title: must have words"},
		"title is text":      {`{"en": "Sealing"}`, `"Sealing"`, "items[2].title: must be an object"},
		"title of spaces":    {`"Sealing"`, `"  "`, "must be one line"},
		"currency":           {`"EUR"`, `"eur"`, "line 6, currency: money: currency"},
		"zone":               {`"Europe/Berlin"`, `"Europe/Atlantis"`, "line 7, zone"},
		"local zone":         {`"Europe/Berlin"`, `"Local"`, "not a zone"},
		"bad offset":         {`"Europe/Berlin"`, `"+8"`, "not an offset like +01:00"},
		"status":             {`"status": "assumed"`, `"status": "sure"`, "confirmed, secondary, inferred, assumed"},
		"unstated":           {`"status": "assumed"`, `"status": "unstated"`, "confirmed, secondary, inferred, assumed"},
		"no status":          {`, "status": "assumed"`, ``, `provisions.half-euros: field "status" is missing`},
		"uncited":            {`"status": "assumed"}`, `"status": "assumed"}, "idle": {"instrument": "I", "status": "assumed"}`, "provisions.idle: nothing in the schedule cites"},
		"name is a number":   {`"harbour"`, `7`, "name: must be text in quotes, not a number"},
		"title of two lines": {`"Sealing"`, `"Seal\ning"`, "must be one line"},
		"concession on paper": {`"mode": "electronic",
      "items": ["claim", "copy"]`, `"mode": "paper",
      "items": ["claim", "download"]`, `no item is called "download"`},
		"unknown provision":    {`"provision": "half-euros"`, `"provision": "half-francs"`, `no "half-francs"`},
		"amount is a number":   {`"flat": "12.50"`, `"flat": 12.50`, `items[2].editions[0].flat: must be an amount in quotes`},
		"amount too fine":      {`"12.50"`, `"12.505"`, "more than 2 decimals"},
		"amount negative":      {`"12.50"`, `"-12.50"`, "not negative"},
		"amount in dollars":    {`"12.50"`, `"USD 12.50"`, "not a plain decimal amount"},
		"rate is a percentage": {`"rate": "0.05"`, `"rate": "5%"`, "rate: money: not a plain decimal"},
		"rate negative":        {`"rate": "0.05"`, `"rate": "-0.05"`, "not negative"},
		"rate is a number":     {`"rate": "0.05"`, `"rate": 0.05`, "decimal fraction in quotes"},
		"rounding mode":        {`"down"`, `"floor"`, "none of down, up, half-up, half-even"},
		"rounding step":        {`"step": "0.01"`, `"step": "0.00"`, "more than zero"},
		"no rounding":          {`"rounding": {"mode": "down", "step": "0.01", "provision": "cents"},`, ``, `field "rounding" is missing`},
		"no charge":            {`"flat": "12.50"`, `"from": "2020-01-01"`, "needs exactly one of bands, flat"},
		"two charges":          {`"flat": "12.50"`, `"flat": "12.50", "unknown": {"en": "?"}`, "needs exactly one of bands, flat"},
		"units in a band":      {`"flat": "40"`, `"perUnit": {"fee": "1", "unit": {"en": "page"}}`, "perUnit: unknown field"},
		"minimum over maximum": {`"minimum": "5.00"`, `"minimum": "5.00", "maximum": "4"`, "is more than the maximum"},
		"date":                 {`"from": "2025-01-01"`, `"from": "1 Jan 2025"`, "neither a date like"},
		"no such day":          {`"from": "2025-01-01"`, `"from": "2025-02-29"`, "neither a date like"},
		"time without offset":  {`"from": "2025-01-01"`, `"from": "2025-01-01T00:00:00"`, "neither a date like"},
		"until before from":    {`"from": "2025-01-01"`, `"from": "2026-01-01"`, "until must be after from"},
		"item twice":           {`"name": "seal"`, `"name": "copy"`, `items[2]: item "copy" stands twice`},
		"no editions":          {`[{"provision": "act", "flat": "12.50"}]`, `[]`, "items[2].editions: the list is empty"},
		"edition is text":      {`[{"provision": "act", "flat": "12.50"}]`, `["12.50"]`, "items[2].editions[0]: must be an object"},
		"editions is object":   {`[{"provision": "act", "flat": "12.50"}]`, `{"flat": "12.50"}`, "must be a list"},
		"electronic item":      {`"paper": "claim"`, `"paper": "clam"`, `no item is called "clam"`},
		"electronic twice":     {`"name": "download"`, `"name": "claim"`, `electronic item "claim" stands twice`},
		"unavailable":          {`["oath"]`, `["oats"]`, `no item is called "oats"`},
		"listed, unavailable":  {`["oath"]`, `["oath", "claim"]`, "is also among the electronic items"},
		"never electronic": {`"from": "2025-07-01",
    "items"`, `"from": "2025-07-01", "until": "2025-12-31",
    "items"`, "items[1]: is never available: from 2026-01-01 until 2025-12-31"},
		"concession mode":  {`"mode": "electronic"`, `"mode": "fax"`, "none of paper, electronic"},
		"concession item":  {`["claim", "copy"]`, `["claim", "seal"]`, `"seal" is not among the electronic items`},
		"concession paper": {`"mode": "electronic"`, `"mode": "paper"`, ""},
		"concession twice": {`["claim", "copy"]`, `["claim", "claim"]`, "stands twice in this concession"},
		"concession rate":  {`"0.9"`, `"1.1"`, "at most 1"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, string(data), c.old, "the place to change")
			text := strings.Replace(string(data), c.old, c.new, 1)
			if c.want == "" {
				load(t, text)
				return
			}
			require.Contains(t, refused(t, text), c.want)
		})
	}
}

// TestLoadNamesEveryProblem shows that one reading is enough to mend a file.
func TestLoadNamesEveryProblem(t *testing.T) {
	_, err := fees.Load([]byte(file(item(`{"provision": "q", "flat": 1, "unit": "page"}`))))
	var problems *fees.LoadError
	require.ErrorAs(t, err, &problems)
	require.Equal(t, []fees.Problem{
		{Path: "items[0].editions[0].provision", Line: 3, Text: `the table of provisions has no "q"`},
		{Path: "items[0].editions[0].flat", Line: 3, Text: `must be an amount in quotes such as "20.00", not a number, true, false or null`},
		{Path: "items[0].editions[0].unit", Line: 3, Text: "unknown field; the fields here are from, until, provision, bands, flat, percentage, unknown, perUnit"},
		{Path: "provisions.p", Line: 2, Text: "nothing in the schedule cites this provision"},
	}, problems.Problems)
	require.Equal(t, 4, strings.Count(err.Error(), "line "))
}

func TestLoadBoundsItsWork(t *testing.T) {
	many := strings.TrimSuffix(strings.Repeat(`{"name": "x"},`, 1001), ",")
	require.Contains(t, refused(t, file(many)), "at most 1000")
	_, err := fees.Load([]byte(file(strings.TrimSuffix(strings.Repeat("1,", 1000), ","))))
	var problems *fees.LoadError
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems.Problems, 50)
}
