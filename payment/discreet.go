package payment

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strconv"
)

// Discreet gives a handler of logs that takes card numbers out of everything before it hands it to h: the message, and all keys and values of
// attributes and groups, whatever their type. See [Scrub] for what it takes out, and what that costs.
//
// Strings, numbers, errors and byte slices are looked at as their text. A value of any other type becomes what a reader would see of it:
// its text when it has one (encoding.TextMarshaler, fmt.Stringer), else its JSON, which handlers of text write too. A value that can't be
// written, or panics, becomes words that say so. Instants and durations stay what they are.
//
// A number whose digits are spread over several attributes is not found.
func Discreet(h slog.Handler) slog.Handler { return discreet{h} }

type discreet struct{ next slog.Handler }

func (d discreet) Enabled(ctx context.Context, level slog.Level) bool {
	return d.next.Enabled(ctx, level)
}

func (d discreet) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Scrub(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(scrubAttr(a, 0))
		return true
	})
	return d.next.Handle(ctx, clean)
}

func (d discreet) WithAttrs(attrs []slog.Attr) slog.Handler {
	return discreet{d.next.WithAttrs(scrubAttrs(attrs, 0))}
}

func (d discreet) WithGroup(name string) slog.Handler { return discreet{d.next.WithGroup(Scrub(name))} }

// maxGroups is how deep groups may stand in each other. A LogValuer may give itself in a group without end.
const maxGroups = 32

func scrubAttrs(attrs []slog.Attr, depth int) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = scrubAttr(a, depth)
	}
	return clean
}

func scrubAttr(a slog.Attr, depth int) slog.Attr {
	return slog.Attr{Key: Scrub(a.Key), Value: scrubValue(a.Value.Resolve(), depth)}
}

// scrubValue gives a resolved value without card numbers.
func scrubValue(v slog.Value, depth int) slog.Value {
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(Scrub(v.String()))
	case slog.KindInt64, slog.KindUint64:
		return scrubNumber(v, v.String())
	case slog.KindFloat64:
		return scrubNumber(v, wholeFloat(v.Float64()))
	case slog.KindGroup:
		if depth >= maxGroups {
			return slog.StringValue(fmt.Sprintf("!ERROR: groups more than %d deep", maxGroups))
		}
		return slog.GroupValue(scrubAttrs(v.Group(), depth+1)...)
	case slog.KindBool, slog.KindDuration, slog.KindTime:
		return v
	}
	return scrubAny(v.Any())
}

// wholeFloat is the whole part of a number in digits: its fraction is none of a card.
func wholeFloat(f float64) string { return strconv.FormatFloat(math.Trunc(f), 'f', 0, 64) }

// scrubNumber gives the value as it is, unless its text is a card number.
func scrubNumber(v slog.Value, text string) slog.Value {
	if HasCard(text) {
		return slog.StringValue(Scrub(text))
	}
	return v
}
