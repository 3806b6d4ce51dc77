package money

import (
	"errors"
	"fmt"
	"strings"
)

// ErrCurrency says that two amounts are of different currencies, or that a code names none that is known here.
var ErrCurrency = errors.New("money: currency")

// Currency is an ISO 4217 currency with the number of decimals of its minor unit. It is comparable with ==.
// The zero Currency is no currency: the currency of the zero Amount.
type Currency struct {
	packed uint32 // the letters, then the exponent: one number compares fastest
}

// exponents lists the current ISO 4217 currencies by the number of decimals of their minor unit.
var exponents = [...]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
		"CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR " +
		"KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN " +
		"PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD " +
		"TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// ParseCurrency finds the currency of a three-letter code in capitals. Its error wraps ErrCurrency.
func ParseCurrency(code string) (Currency, error) {
	if len(code) == 3 && isCapitals(code) {
		for exponent, list := range exponents {
			if i := strings.Index(list, code); i >= 0 && i%4 == 0 {
				return Currency{uint32(code[0])<<24 | uint32(code[1])<<16 | uint32(code[2])<<8 | uint32(exponent)}, nil
			}
		}
	}
	return Currency{}, fmt.Errorf("%w: %.16q is not a current ISO 4217 code in capitals, such as HKD", ErrCurrency, code)
}

// MustCurrency is ParseCurrency for codes written in a program; it panics on an unknown code.
func MustCurrency(code string) Currency {
	c, err := ParseCurrency(code)
	if err != nil {
		panic(err)
	}
	return c
}

func isCapitals(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// IsZero reports whether c is no currency.
func (c Currency) IsZero() bool { return c == Currency{} }

// Code gives the three letters, "" for no currency.
func (c Currency) Code() string {
	if c.IsZero() {
		return ""
	}
	code := [3]byte{byte(c.packed >> 24), byte(c.packed >> 16), byte(c.packed >> 8)}
	return string(code[:])
}

func (c Currency) appendCode(b []byte) []byte {
	return append(b, byte(c.packed>>24), byte(c.packed>>16), byte(c.packed>>8))
}

// String is Code.
func (c Currency) String() string { return c.Code() }

// Exponent is the number of decimals of the minor unit: 2 for HKD, 0 for JPY, 3 for KWD.
func (c Currency) Exponent() int { return int(c.packed & 0xff) }

// MarshalText writes the code.
func (c Currency) MarshalText() ([]byte, error) { return []byte(c.Code()), nil }

// UnmarshalText reads the code; empty text is no currency.
func (c *Currency) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*c = Currency{}
		return nil
	}
	v, err := ParseCurrency(string(b))
	if err != nil {
		return err
	}
	*c = v
	return nil
}

// pow10 are the powers of ten that an int64 holds.
var pow10 = [...]int64{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}
