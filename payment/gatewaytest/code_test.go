package gatewaytest_test

import (
	"fmt"
	"strings"
	"testing"

	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
	"courts.example/eservices/payment/gatewaytest"
	"github.com/stretchr/testify/require"
)

// object is a data object of a merchant-presented code.
func object(id, value string) string { return fmt.Sprintf("%s%02d%s", id, len([]rune(value)), value) }

// merchantCode is a code for one payment, without its checksum, written by hand for an invented operator.
func merchantCode(reference string, amount money.Amount) string {
	return object("00", "01") + object("01", "12") + object("26", object("00", "org.example")+object("02", "1234567")) +
		object("52", "0000") + object("53", "344") + object("54", amount.Plain()) + object("58", "HK") + object("59", "法院") +
		object("60", "NA") + object("62", object("01", "bill 1")+object("05", reference))
}

// sealed adds the checksum, bit by bit and not as the suite does it.
func sealed(code string) string {
	code += "6304"
	sum := 0xffff
	for _, b := range []byte(code) {
		for i := 7; i >= 0; i-- {
			differ := int(b>>i)&1 != sum>>15&1
			if sum = sum << 1 & 0xffff; differ {
				sum ^= 0x1021
			}
		}
	}
	return fmt.Sprintf("%s%04X", code, sum)
}

func TestChecksum(t *testing.T) {
	require.Equal(t, uint16(0x29b1), gatewaytest.CRC("123456789"))
	require.Equal(t, uint16(0xffff), gatewaytest.CRC(""))
}

func TestMerchantCodes(t *testing.T) {
	amount := money.New(14000, money.MustCurrency("HKD"))
	good := merchantCode("Ref-05", amount)
	require.NoError(t, gatewaytest.CheckMerchantCode(sealed(good), "Ref-05", amount))
	asked := object("54", "140.00")
	for what, code := range map[string]string{
		"static":               sealed(strings.Replace(good, "010212", "010211", 1)),
		"no amount":            sealed(strings.Replace(good, asked, "", 1)),
		"another amount":       sealed(strings.Replace(good, asked, object("54", "1400"), 1)),
		"an amount in powers":  sealed(strings.Replace(good, asked, object("54", "14e1"), 1)),
		"two amounts":          sealed(good + asked),
		"a tip":                sealed(good + object("55", "01")),
		"another reference":    sealed(strings.Replace(good, "Ref-05", "ref-05", 1)),
		"no reference":         sealed(strings.Replace(good, object("05", "Ref-05"), object("07", "Ref-05"), 1)),
		"no particulars":       sealed(good[:strings.LastIndex(good, "62")]),
		"broken particulars":   sealed(good[:strings.LastIndex(good, "62")] + object("62", "05")),
		"a wrong checksum":     good + "63040000",
		"a small checksum":     good + "6304" + strings.ToLower(sealed(good)[len(good)+4:]) + "",
		"a checksum too early": sealed(good) + object("80", "x"),
		"no checksum":          good,
		"a length that lies":   sealed(good + "8099x"),
		"a length of letters":  sealed(good + "80xxab"),
		"a stump":              sealed(good) + "8",
		"a stump alone":        "00",
		"nothing":              "",
	} {
		if what == "a small checksum" && strings.ToUpper(code) == code {
			continue // all digits
		}
		require.Error(t, gatewaytest.CheckMerchantCode(code, "Ref-05", amount), what)
	}
}

// A gateway that shows such codes passes, and fails the rule about codes alone when they are static.
func TestAGatewayWithMerchantCodes(t *testing.T) {
	for want, seal := range map[string]func(code string) string{
		"":    sealed,
		"B10": func(code string) string { return sealed(strings.Replace(code, "010212", "010211", 1)) },
	} {
		report, err := gatewaytest.Check(fault{set: answers(func(_ *bug, r payment.CreateRequest, a *payment.AttemptReply, _ *error) {
			if r.Flow == payment.QR {
				a.Next.Code = seal(merchantCode(r.Reference, r.Amount))
			}
		})}.broken())
		require.NoError(t, err)
		require.Equal(t, want, strings.Join(report.IDs(gatewaytest.Failed), " "), "%s", report)
	}
}

// FuzzMerchantCode holds that a code that is taken asks for the amount under the reference, and that no code breaks the reader.
func FuzzMerchantCode(f *testing.F) {
	amount := money.New(14000, money.MustCurrency("HKD"))
	f.Add(sealed(merchantCode("Ref-05", amount)))
	f.Add("00020101021254061401.0")
	f.Add("000201\xff\xfe99")
	f.Add("")
	f.Fuzz(func(t *testing.T, code string) {
		for _, c := range []string{code, sealed(code)} {
			if gatewaytest.CheckMerchantCode(c, "Ref-05", amount) == nil {
				require.Contains(t, c, "Ref-05")
				require.Equal(t, sealed(c[:len(c)-8]), c)
			}
		}
	})
}
