// Package money holds exact amounts of money: whole minor units of an ISO 4217 currency that knows its own exponent.
//
// An [Amount] is comparable with ==, works as a map key and never touches a float. Arithmetic is checked: it gives an error for
// two currencies or for more than an int64 holds, and never wraps around. A [Rate] is an exact decimal fraction; multiplying by
// it always states its [Rounding]. Text is "HKD 120.00" everywhere, in JSON too.
//
// github.com/shopspring/decimal parses amounts and rates and is the way out ([Amount.Decimal]); its package variables are
// neither set nor relied on. Input is bounded before it is parsed: no exponents, no more digits than an amount can hold.
//
// All types are values and safe for concurrent use.
package money
