package gatewaytest

import (
	"errors"
	"fmt"
	"strconv"

	"courts.example/eservices/icms/money"
)

// field is a data object of a merchant-presented code: id, value.
type field struct{ id, value string }

// fields parts the data objects of a code (EMVCo, QR Code Specification for Payment Systems, merchant-presented mode). Lengths
// count characters.
func fields(code string) ([]field, error) {
	var all []field
	for rest := []rune(code); len(rest) > 0; {
		if len(rest) < 4 {
			return nil, fmt.Errorf("it ends with the stump %q", string(rest))
		}
		n, err := strconv.ParseUint(string(rest[2:4]), 10, 8)
		if err != nil || int(n) > len(rest)-4 {
			return nil, fmt.Errorf("field %s has the length %q with %d characters left", string(rest[:2]), string(rest[2:4]), len(rest)-4)
		}
		all = append(all, field{string(rest[:2]), string(rest[4 : 4+n])})
		rest = rest[4+n:]
	}
	return all, nil
}

// find gives the value of the only object of an id.
func find(all []field, id string) (string, error) {
	value, n := "", 0
	for _, f := range all {
		if f.id == id {
			value, n = f.value, n+1
		}
	}
	if n != 1 {
		return "", fmt.Errorf("field %s is there %d times", id, n)
	}
	return value, nil
}

// checkMerchantCode makes sure that a code is for one payment, of this amount, under this reference, and whole.
func checkMerchantCode(code, reference string, amount money.Amount) error {
	all, err := fields(code)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New("it is empty")
	}
	if last := all[len(all)-1]; last.id != "63" || len(last.value) != 4 || last.value != fmt.Sprintf("%04X", crc(code[:len(code)-4])) {
		return errors.New("the last field is not the right checksum")
	}
	if once, err := find(all, "01"); err != nil || once != "12" {
		return fmt.Errorf("it is not for one payment only: %q, %v", once, err)
	}
	value, err := find(all, "54")
	if err != nil {
		return err
	}
	if got, err := money.Parse(value, amount.Currency()); err != nil || got != amount {
		return fmt.Errorf("it asks for %q, must be %v", value, amount)
	}
	for _, tip := range []string{"55", "56", "57"} {
		if _, err := find(all, tip); err == nil {
			return fmt.Errorf("it asks for a tip: field %s", tip)
		}
	}
	additional, err := find(all, "62")
	if err != nil {
		return err
	}
	within, err := fields(additional)
	if err != nil {
		return err
	}
	if label, err := find(within, "05"); err != nil || label != reference {
		return fmt.Errorf("the reference label is %q, must be %q", label, reference)
	}
	return nil
}

// crc is CRC-16 with the polynomial 1021 and the start FFFF, as the codes have it.
func crc(s string) uint16 {
	sum := uint16(0xFFFF)
	for _, c := range []byte(s) {
		sum ^= uint16(c) << 8
		for range 8 {
			if sum&0x8000 != 0 {
				sum = sum<<1 ^ 0x1021
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}
