package tables_test

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/payment"
)

var update = flag.Bool("update", false, "write schema.json anew")

// The file says what the types and their comments say.
func TestSchemaFile(t *testing.T) {
	w := &schemaWriter{T: t, docs: comments(t), defs: map[string]any{}}
	root := w.object(reflect.TypeFor[tables.Document]())
	root["$schema"], root["title"] = "https://json-schema.org/draft/2020-12/schema", "A court, format court/1"
	root["$defs"] = w.defs
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	require.NoError(t, e.Encode(root))
	if *update {
		require.NoError(t, os.WriteFile("schema.json", b.Bytes(), 0o644))
		return
	}
	require.Equal(t, b.String(), string(tables.Schema()), "run go generate ./icms/tables")
}

// comments gives the comments of types and fields: "law.Provision", "law.Provision.Status". A field without one has that of the field before it,
// and the first one that of its type, or of the struct.
func comments(t *testing.T) map[string]string {
	docs := map[string]string{}
	for _, folder := range []string{".", "../../filing", "../../payment", "../../calendar", "../law", "../money"} {
		files, err := filepath.Glob(folder + "/*.go")
		require.NoError(t, err)
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			require.NoError(t, err)
			for _, d := range file.Decls {
				general, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, s := range general.Specs {
					if spec, ok := s.(*ast.TypeSpec); ok {
						commentsOf(docs, file.Name.Name, general, spec)
					}
				}
			}
		}
	}
	return docs
}

func commentsOf(docs map[string]string, pkg string, general *ast.GenDecl, spec *ast.TypeSpec) {
	name := pkg + "." + spec.Name.Name
	docs[name] = plain(spec.Doc.Text() + general.Doc.Text())
	s, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	last := ""
	for _, f := range s.Fields.List {
		if text := plain(f.Doc.Text()); text != "" {
			last = text
		}
		for _, n := range f.Names {
			docs[name+"."+n.Name] = last
		}
	}
}

func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

// schemaWriter writes the schema of types.
type schemaWriter struct {
	*testing.T
	docs map[string]string
	defs map[string]any
}

func typeName(t reflect.Type) string { return filepath.Base(t.PkgPath()) + "." + t.Name() }

// words are the values of types that are words.
var words = map[reflect.Type][]string{
	reflect.TypeFor[law.Status]():          {"confirmed", "secondary", "inferred", "assumed"},
	reflect.TypeFor[filing.Severity]():     {"refusal", "warning"},
	reflect.TypeFor[tables.Weekday]():      {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
	reflect.TypeFor[icms.FeeInstant]():     {string(icms.PriceAtDeemed), string(icms.PriceAtSubmission)},
	reflect.TypeFor[icms.ReceiptInstant](): {string(icms.LaterOfBoth), string(icms.DocumentsAlone)},
	reflect.TypeFor[icms.Acceptance]():     {string(icms.Automatic), string(icms.ByOfficer)},
	reflect.TypeFor[icms.CorrectionFee]():  {string(icms.PaidOnce), string(icms.PaidEachTime)},
	reflect.TypeFor[icms.Side]():           {string(icms.ClaimantSide), string(icms.DefendantSide)},
}

// hints say how types are written.
var hints = map[reflect.Type]string{
	reflect.TypeFor[payment.Limit](): `"HKD 500.00", "none" or "unknown"`,
	reflect.TypeFor[money.Amount]():  `such as "HKD 75000.00"`,
	reflect.TypeFor[tables.Span]():   `such as "24h" or "90m"`,
	reflect.TypeFor[time.Time]():     `a date, which is its first instant in the court's zone, or an instant such as "2026-03-02T08:45:00+08:00"`,
}

// schema gives the schema of a type.
func (w *schemaWriter) schema(t reflect.Type) map[string]any {
	if t.Kind() == reflect.Pointer {
		return w.schema(t.Elem())
	}
	text := map[string]any{"type": "string"}
	if values := words[t]; values != nil {
		text["enum"] = values
		return text
	}
	if hint := hints[t]; hint != "" {
		text["description"] = hint
		return text
	}
	switch t {
	case reflect.TypeFor[law.Text]():
		return map[string]any{"type": "object", "minProperties": 1, "additionalProperties": text, "description": `words by language, such as {"en": "..."}`}
	case reflect.TypeFor[json.RawMessage]():
		return map[string]any{"type": "object"}
	case reflect.TypeFor[tables.Session](), reflect.TypeFor[law.Provision]():
		return map[string]any{"oneOf": []any{text, w.ref(t)}}
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return text
	}
	switch t.Kind() {
	case reflect.Struct:
		return w.ref(t)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": w.schema(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": w.schema(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.String:
		return text
	}
	w.Fatalf("the schema has no %s", t)
	return nil
}

func (w *schemaWriter) ref(t reflect.Type) map[string]any {
	name := typeName(t)
	if _, known := w.defs[name]; !known {
		w.defs[name] = nil
		w.defs[name] = w.object(t)
	}
	return map[string]any{"$ref": "#/$defs/" + name}
}

func (w *schemaWriter) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	w.members(t, properties, &required)
	out := map[string]any{"type": "object", "additionalProperties": false, "properties": properties, "description": w.docs[typeName(t)]}
	if len(required) > 0 {
		out["required"] = required
	}
	require.NotEmpty(w, w.docs[typeName(t)], "%s has no comment", t)
	return out
}

func (w *schemaWriter) members(t reflect.Type, properties map[string]any, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous {
			w.members(f.Type, properties, required)
		}
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		says := w.docs[typeName(t)+"."+f.Name]
		if !strings.Contains(says, f.Name) { // the comment of a field before it, which speaks of that alone
			says = cmp.Or(w.docs[typeName(f.Type)], says, w.docs[typeName(t)])
		}
		require.NotEmpty(w, says, "%s.%s has no comment", t, f.Name)
		s := w.schema(f.Type)
		if hint, ok := s["description"].(string); ok {
			says += " (" + hint + ")"
		}
		s["description"] = says
		properties[name] = s
		if strings.HasSuffix(t.PkgPath(), "icms/tables") && !strings.HasPrefix(options, "omit") {
			*required = append(*required, name)
		}
	}
}

// Every field of a court has its place in the document, or is a hook.
func TestTheDocumentHasAllOfACourt(t *testing.T) {
	for of, known := range map[reflect.Type]string{
		reflect.TypeFor[icms.Court](): "Code Name Registry Accounts Fees FilingFee Filing Agents Restrictions Assessor Numbers Policies Means Papers Limits Single " +
			"NoSingle Hearings Inspection Coverage Maintenance",
		reflect.TypeFor[icms.Policies]():         "Fee Receipt Acceptance Time Represented Partial Corrections Linking",
		reflect.TypeFor[icms.LinkPolicy]():       "Tries CodeTries Rest Provision",
		reflect.TypeFor[icms.PaperKind]():        "Code Name Sides Event Days Limit Instead Asked Deferred Afterwards OnPaper Fee Provision",
		reflect.TypeFor[icms.HearingPolicy]():    "Earliest Latest Provision Hours",
		reflect.TypeFor[icms.InspectionPolicy](): "Item Open Parties Provision",
		reflect.TypeFor[icms.Numbering]():        "Prefix Digits Provision",
	} {
		var fields []string
		for i := range of.NumField() {
			if of.Field(i).IsExported() {
				fields = append(fields, of.Field(i).Name)
			}
		}
		slices.Sort(fields)
		want := strings.Fields(known)
		slices.Sort(want)
		require.Equal(t, want, fields, "%s: give a new field its place in the document, then here", of)
	}
}
