package gatewaywire_test

import (
	"fmt"
	"math"
	"reflect"
	"time"

	"pgregory.net/rapid"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

// words are all words of each kind, as the port documents them.
func words() map[reflect.Type][]string {
	return map[reflect.Type][]string{
		reflect.TypeFor[payment.Flow]():        {"redirect", "form-post", "qr", "deep-link"},
		reflect.TypeFor[payment.Idempotency](): {"key", "reference", "none"},
		reflect.TypeFor[payment.ErrorClass](): {
			"invalid", "config", "unavailable", "throttled", "declined", "conflict", "not-allowed", "unknown",
		},
		reflect.TypeFor[payment.Decline](): {
			"", "insufficient", "limit", "expired", "authentication", "suspected", "on-hold", "closed", "other",
		},
		reflect.TypeFor[payment.AttemptState](): {
			"unknown", "pending", "processing", "authorised", "succeeded", "failed", "cancelled", "expired",
		},
		reflect.TypeFor[payment.OperationState](): {"unknown", "pending", "succeeded", "failed", "review"},
		reflect.TypeFor[payment.DisputeState]():   {"open", "won", "lost"},
		reflect.TypeFor[payment.RejectReason]():   {"", "unsigned", "forged", "stale", "future", "malformed", "too-large"},
		reflect.TypeFor[payment.SettlementKind](): {"payment", "refund", "dispute", "fee", "payout"},
	}
}

// filled draws a value of any type of the port: every field, those of tomorrow too.
func filled[T any](t *rapid.T) T {
	var v T
	fill(t, reflect.ValueOf(&v).Elem(), reflect.TypeFor[T]().Name())
	return v
}

func fill(t *rapid.T, v reflect.Value, name string) {
	switch x := v.Addr().Interface().(type) {
	case *money.Amount:
		*x = money.New(rapid.Int64().Draw(t, name), money.MustCurrency(rapid.SampledFrom([]string{"HKD", "JPY", "KWD"}).Draw(t, name)))
		return
	case *time.Time:
		seconds := rapid.Int64Range(time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC).Unix())
		*x = time.Unix(seconds.Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, name)).UTC()
		return
	case *time.Duration:
		*x = time.Duration(rapid.Int64Range(0, math.MaxInt64/2).Draw(t, name))
		return
	case *error:
		return
	}
	if list, ok := words()[v.Type()]; ok {
		v.SetString(rapid.SampledFrom(list).Draw(t, name))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), v.Type().Field(i).Name)
		}
	case reflect.String:
		v.SetString(rapid.StringMatching(`[a-zA-Z 法院:/?&-]{0,12}`).Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int:
		v.SetInt(rapid.Int64Range(200, 599).Draw(t, name))
	case reflect.Uint8:
		v.SetUint(uint64(rapid.Uint8().Draw(t, name)))
	case reflect.Slice:
		for range rapid.IntRange(1, 3).Draw(t, name) {
			item := reflect.New(v.Type().Elem()).Elem()
			fill(t, item, name)
			v.Set(reflect.Append(v, item))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for i := range rapid.IntRange(1, 3).Draw(t, name) {
			item := reflect.New(v.Type().Elem()).Elem()
			fill(t, item, name)
			v.SetMapIndex(reflect.ValueOf(fmt.Sprintf("X-Name-%d", i)), item)
		}
	default:
		t.Fatalf("%s: nothing fills a %s", name, v.Type())
	}
}
