package payment

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
)

// scrubAny gives what a reader may see of a value of any type.
func scrubAny(v any) (clean slog.Value) {
	defer func() {
		if p := recover(); p != nil {
			clean = panicked(v, p)
		}
	}()
	switch x := v.(type) {
	case nil:
		return slog.AnyValue(nil)
	case error:
		return slog.StringValue(Scrub(x.Error()))
	case json.Marshaler:
		return scrubJSON(x)
	case interface{ MarshalText() ([]byte, error) }: // encoding.TextMarshaler
		text, err := x.MarshalText()
		if err != nil {
			return unwritable(v, err)
		}
		return slog.StringValue(Scrub(string(text)))
	case fmt.Stringer:
		return slog.StringValue(Scrub(x.String()))
	}
	if text, ok := byteText(v); ok {
		return slog.StringValue(Scrub(text))
	}
	return scrubJSON(v)
}

// panicked tells of a method that panicked; one of a nil pointer is told as log/slog does.
func panicked(v, cause any) slog.Value {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return slog.StringValue("<nil>")
	}
	return slog.StringValue(fmt.Sprintf("!PANIC: a value of type %T: %s", v, panicText(cause)))
}

// panicText is what a panic says, when that can be said without calling anything.
func panicText(cause any) string {
	switch x := cause.(type) {
	case string:
		return Scrub(x)
	default:
		return fmt.Sprintf("%T", x)
	}
}

func unwritable(v any, err error) slog.Value {
	return slog.StringValue(Scrub(fmt.Sprintf("!ERROR: a value of type %T can't be written: %v", v, err)))
}

// byteText gives the text of a slice or array of bytes.
func byteText(v any) (string, bool) {
	r := reflect.ValueOf(v)
	if k := r.Kind(); k != reflect.Slice && k != reflect.Array || r.Type().Elem().Kind() != reflect.Uint8 {
		return "", false
	}
	text := make([]byte, r.Len())
	reflect.Copy(reflect.ValueOf(text), r)
	return string(text), true
}

// scrubJSON gives a value's JSON without card numbers, as text when it is a text.
func scrubJSON(v any) slog.Value {
	written, err := json.Marshal(v)
	if err != nil {
		return unwritable(v, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(written))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return unwritable(v, err)
	}
	tree = scrubTree(tree)
	if text, ok := tree.(string); ok {
		return slog.StringValue(text)
	}
	var clean bytes.Buffer
	encoder := json.NewEncoder(&clean)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(tree); err != nil {
		return unwritable(v, err)
	}
	return slog.AnyValue(json.RawMessage(bytes.TrimSpace(clean.Bytes())))
}

// scrubTree scrubs what encoding/json decoded, in place.
func scrubTree(v any) any {
	switch x := v.(type) {
	case string:
		return scrubText(x)
	case json.Number:
		if text := wholePart(x); HasCard(text) {
			return Scrub(text)
		}
	case []any:
		for i := range x {
			x[i] = scrubTree(x[i])
		}
	case map[string]any:
		for name, item := range x {
			clean := Scrub(name)
			if clean != name {
				delete(x, name)
			}
			x[clean] = scrubTree(item)
		}
	}
	return v
}

// wholePart is a number as a card could stand in it: without its fraction, which is none of a card, and without an exponent.
func wholePart(n json.Number) string {
	if f, err := n.Float64(); err == nil && strings.ContainsAny(n.String(), ".eE") {
		return wholeFloat(f)
	}
	return n.String()
}

// scrubText scrubs a text of a JSON value, which for a slice of bytes is its base64.
func scrubText(s string) string {
	if len(s) >= base64.StdEncoding.EncodedLen(minCard) && len(s)%4 == 0 {
		if raw, err := base64.StdEncoding.DecodeString(s); err == nil && HasCard(string(raw)) {
			return Scrub(string(raw))
		}
	}
	return Scrub(s)
}
