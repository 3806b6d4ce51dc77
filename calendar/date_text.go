package calendar

import (
	"fmt"
	"time"
)

// ParseDate reads a date as ISO 8601 writes it in full: "2026-03-02", and nothing else.
func ParseDate(text string) (Date, error) {
	bad := len(text) != 10
	var digits [8]int
	for i, n := 0, 0; i < len(text) && !bad; i++ {
		if i == 4 || i == 7 {
			bad = text[i] != '-'
			continue
		}
		digits[n] = int(text[i] - '0')
		bad = text[i] < '0' || text[i] > '9'
		n++
	}
	if bad {
		return Date{}, fmt.Errorf("calendar: %.20q is not a date written like 2026-03-02", text)
	}
	y := digits[0]*1000 + digits[1]*100 + digits[2]*10 + digits[3]
	return MakeDate(y, time.Month(digits[4]*10+digits[5]), digits[6]*10+digits[7])
}

// MustDate is ParseDate for dates written in a program; it panics on what is no date.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// String writes the date as ParseDate reads it; "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	b, _ := d.AppendText(make([]byte, 0, 10))
	return string(b)
}

// AppendText appends what String gives. Its error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, nil
	}
	y, m, day := d.Date()
	return append(b,
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-',
		byte('0'+day/10), byte('0'+day%10)), nil
}

// MarshalText writes the date; the zero Date is the empty text.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(make([]byte, 0, 10)) }

// UnmarshalText reads what MarshalText wrote: a date, or the empty text for the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
