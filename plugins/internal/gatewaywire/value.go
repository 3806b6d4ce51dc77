package gatewaywire

import (
	"errors"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	"courts.example/eservices/icms/money"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
)

// errJunk is under every error of reading a value from the wire. Its text begins with the field: "payments[2].amount: ...".
var errJunk = errors.New("can't be read")

func junk(field, format string, args ...any) error {
	return fmt.Errorf("%s: %w: %s", field, errJunk, fmt.Sprintf(format, args...))
}

// in says in which message a field is that can't be read.
func in(message string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s.%w", message, err)
}

// inList says in which item of a list a field is that can't be read.
func inList(list string, i int, err error) error { return in(fmt.Sprintf("%s[%d]", list, i), err) }

// first gives the first error, if any.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// amountTo carries an amount; nothing of no currency is absent.
func amountTo(a money.Amount) *gatewayv1.Money {
	if a == (money.Amount{}) {
		return nil
	}
	m := &gatewayv1.Money{Minor: a.Minor()}
	if !a.Currency().IsZero() {
		m.Currency = a.Currency().Code()
	}
	return m
}

// amountFrom reads an amount that may be absent.
func amountFrom(field string, m *gatewayv1.Money) (money.Amount, error) {
	if m == nil {
		return money.Amount{}, nil
	}
	c, err := money.ParseCurrency(m.GetCurrency())
	if err != nil {
		return money.Amount{}, junk(field, "%d minor units of the currency %.16q", m.GetMinor(), m.GetCurrency())
	}
	return money.New(m.GetMinor(), c), nil
}

// amountNeeded reads an amount that may not be absent.
func amountNeeded(field string, m *gatewayv1.Money) (money.Amount, error) {
	if m == nil {
		return money.Amount{}, junk(field, "there is no amount")
	}
	return amountFrom(field, m)
}

// timeFrom reads an instant that may be absent.
func timeFrom(field string, t *timestamppb.Timestamp) (time.Time, error) {
	if t == nil {
		return time.Time{}, nil
	}
	if err := t.CheckValid(); err != nil {
		return time.Time{}, junk(field, "%d seconds and %d nanoseconds are no instant", t.GetSeconds(), t.GetNanos())
	}
	return t.AsTime(), nil
}

// spanFrom reads a duration that may be absent and is not negative.
func spanFrom(field string, d *durationpb.Duration) (time.Duration, error) {
	if d == nil {
		return 0, nil
	}
	v, err := skewFrom(field, d)
	if err == nil && v < 0 {
		return 0, junk(field, "%v is negative", v)
	}
	return v, err
}

// skewFrom reads a duration that may be absent or negative. One that is longer than the port can hold is none.
func skewFrom(field string, d *durationpb.Duration) (time.Duration, error) {
	if d == nil {
		return 0, nil
	}
	const longest = math.MaxInt64/int64(time.Second) - 1
	if s := d.GetSeconds(); d.CheckValid() != nil || s > longest || s < -longest {
		return 0, junk(field, "%d seconds and %d nanoseconds are no duration", d.GetSeconds(), d.GetNanos())
	}
	return d.AsDuration(), nil
}

// small carries a number that the port has as int.
func small(n int) int32 { return int32(min(max(n, math.MinInt32), math.MaxInt32)) }

// named is a field of a request that is sent.
type named struct{ field, text string }

// sendable reports whether the texts of a request can be sent: they are UTF-8. Its error wraps errJunk.
func sendable(fields ...named) error {
	for _, f := range fields {
		if !utf8.ValidString(f.text) {
			return junk(f.field, "it is not UTF-8")
		}
	}
	return nil
}

// sendableTime reports whether an instant can be sent: it is in the years 1 to 9999.
func sendableTime(field string, t time.Time) error {
	if y := t.UTC().Year(); y < 1 || y > 9999 {
		return junk(field, "it is in the year %d", y)
	}
	return nil
}
