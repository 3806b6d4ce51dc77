package payment_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"courts.example/eservices/icms/law"
	"courts.example/eservices/icms/money"
	"courts.example/eservices/payment"
)

func TestNewOrderSumsUp(t *testing.T) {
	o := newOrder(t, func(o *payment.Order) { o.CreatedAt = monday.In(time.FixedZone("X", 3600)) })
	require.Equal(t, cents(4200), o.Amount)
	require.Equal(t, payment.Open, o.State)
	require.Equal(t, monday, o.CreatedAt, "instants are kept in UTC")
}

func TestNewOrderSaysWhatIsWrong(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*payment.Order)
		want   error
		says   string
	}{
		"no id":           {func(o *payment.Order) { o.ID = "" }, payment.ErrInvalid, "the id is empty"},
		"long id":         {func(o *payment.Order) { o.ID = strings.Repeat("x", 101) }, payment.ErrInvalid, "101 bytes"},
		"bar in id":       {func(o *payment.Order) { o.ID = "a|b" }, payment.ErrInvalid, "the id"},
		"no court":        {func(o *payment.Order) { o.Court = "" }, payment.ErrInvalid, "the court"},
		"court with rod":  {func(o *payment.Order) { o.Court = "a:b" }, payment.ErrInvalid, "the court"},
		"no payer":        {func(o *payment.Order) { o.Payer = "" }, payment.ErrInvalid, "the payer"},
		"no purpose":      {func(o *payment.Order) { o.Purpose = "" }, payment.ErrInvalid, "the purpose"},
		"for nothing":     {func(o *payment.Order) { o.For = payment.Subject{} }, payment.ErrInvalid, "the kind"},
		"for no one":      {func(o *payment.Order) { o.For.ID = "" }, payment.ErrInvalid, "the id of what"},
		"not priced":      {func(o *payment.Order) { o.PricedAt = time.Time{} }, payment.ErrInvalid, "the instant of pricing"},
		"not made":        {func(o *payment.Order) { o.CreatedAt = time.Time{} }, payment.ErrInvalid, "the instant of creation"},
		"no lines":        {func(o *payment.Order) { o.Lines = nil }, payment.ErrInvalid, "0 lines"},
		"too many":        {func(o *payment.Order) { o.Lines = make([]payment.Line, 1001) }, payment.ErrInvalid, "1001 lines"},
		"no item":         {func(o *payment.Order) { o.Lines[1].Item = "" }, payment.ErrInvalid, "line 2: "},
		"no words":        {func(o *payment.Order) { o.Lines[1].Description = nil }, payment.ErrInvalid, "no description"},
		"bad words":       {func(o *payment.Order) { o.Lines[1].Description = law.T("a\x00", "") }, payment.ErrInvalid, "control"},
		"none of it":      {func(o *payment.Order) { o.Lines[1].Count = 0 }, payment.ErrInvalid, "0 items"},
		"negative":        {func(o *payment.Order) { o.Lines[1].Amount = cents(-1) }, payment.ErrInvalid, "HKD -0.01"},
		"wrong product":   {func(o *payment.Order) { o.Lines[0].Each = cents(1101) }, payment.ErrInvalid, "2 times HKD 11.01"},
		"product too big": {func(o *payment.Order) { o.Lines[0].Each = cents(1 << 62) }, payment.ErrInvalid, "times"},
		"each elsewhere":  {func(o *payment.Order) { o.Lines[0].Each = money.New(1100, usd) }, money.ErrCurrency, "USD"},
		"two currencies":  {func(o *payment.Order) { o.Lines[1].Amount = money.New(1, usd) }, money.ErrCurrency, "line 2"},
		"no currency":     {func(o *payment.Order) { o.Lines[1].Amount = money.New(1, money.Currency{}) }, payment.ErrInvalid, "line 2"},
		"overflow":        {func(o *payment.Order) { o.Lines[1].Amount = cents(1<<63 - 1) }, money.ErrOverflow, "line 2"},
		"nothing to pay":  {func(o *payment.Order) { o.Lines = o.Lines[2:] }, payment.ErrInvalid, "nothing to pay"},
		"other sum":       {func(o *payment.Order) { o.Amount = cents(4201) }, payment.ErrInvalid, "HKD 42.01, its lines sum to HKD 42.00"},
		"stored before":   {func(o *payment.Order) { o.Version = 1 }, payment.ErrInvalid, "version 1"},
		"not open":        {func(o *payment.Order) { o.State = payment.Paid }, payment.ErrInvalid, "is paid"},
		"paid already":    {func(o *payment.Order) { o.Means = "cheque" }, payment.ErrInvalid, "those of a paid order"},
		"held already":    {func(o *payment.Order) { o.Account = acme }, payment.ErrInvalid, "with an account"},
		"ended already":   {func(o *payment.Order) { o.Cause = "x" }, payment.ErrInvalid, "those of an expired"},
	} {
		t.Run(name, func(t *testing.T) {
			o := batchOrder()
			tt.change(&o)
			_, err := payment.NewOrder(o)
			require.ErrorIs(t, err, tt.want)
			require.ErrorContains(t, err, tt.says)
		})
	}
}

func TestNewOrderLeavesItsArgumentAlone(t *testing.T) {
	before := batchOrder()
	o, err := payment.NewOrder(before)
	require.NoError(t, err)
	o.Lines[0].Item = "other"
	require.Equal(t, batchOrder(), before)
}

func TestJSONIsPlain(t *testing.T) {
	o := newOrder(t, func(o *payment.Order) { o.Lines = o.Lines[:1] })
	_, receipt, err := o.Pay(payment.Payment{Means: payment.DepositAccount, Account: acme, At: monday, Number: number(12)})
	require.NoError(t, err)
	b, err := json.Marshal(o)
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"o1","court":"court","payer":"acme","purpose":"filing","for":{"kind":"batch","id":"b1"},"amount":"HKD 22.00",
		"lines":[{"item":"filing","description":{"en":"Filing, band 1","zh-Hant":"入稟"},"count":2,"each":"HKD 11.00","amount":"HKD 22.00"}],
		"pricedAt":"2026-03-02T01:00:00Z","createdAt":"2026-03-02T01:00:00Z","state":"open"}`, string(b))
	var back payment.Order
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, o, back)

	b, err = json.Marshal(receipt)
	require.NoError(t, err)
	require.JSONEq(t, `{"number":{"series":"court/2026","number":12},"orderId":"o1","court":"court","payer":"acme","purpose":"filing",
		"for":{"kind":"batch","id":"b1"},"means":"deposit","account":"deposit:acme/main","amount":"HKD 22.00",
		"lines":[{"item":"filing","description":{"en":"Filing, band 1","zh-Hant":"入稟"},"count":2,"each":"HKD 11.00","amount":"HKD 22.00"}],
		"paidAt":"2026-03-02T01:00:00Z"}`, string(b))
	var again payment.Receipt
	require.NoError(t, json.Unmarshal(b, &again))
	require.Equal(t, receipt, again)
}
