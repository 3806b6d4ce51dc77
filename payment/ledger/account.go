package ledger

import (
	"fmt"
	"strings"

	"courts.example/eservices/payment/internal/key"
)

// AccountID names an account of the chart of accounts. Make one with [Deposit], [Revenue], [Bank], [Clearing] or [Fees], or take [Unallocated],
// [RefundPayable] or [DisputeReserve].
type AccountID string

// Main is the branch of an organisation's main account.
const Main = "main"

// Deposit is the deposit account of an organisation's branch; [Main] is its main account. Each segment has 1 to 60 ASCII letters,
// digits, ".", "_" and "-".
func Deposit(org, branch string) AccountID { return AccountID("deposit:" + org + "/" + branch) }

// Revenue is what a court earned by a fee item, with segments as in [Deposit].
func Revenue(court, item string) AccountID { return AccountID("revenue:" + court + ":" + item) }

// Bank is the operator's account at a bank, with a name as a segment in [Deposit].
func Bank(name string) AccountID { return AccountID("bank:" + name) }

// Clearing is money that is known to have come but is not yet at the bank, by the way on which it comes.
func Clearing(name string) AccountID { return AccountID("clearing:" + name) }

// Fees is what a gateway charged for its service.
func Fees(gateway string) AccountID { return AccountID("fees:" + gateway) }

// The accounts of which there is one.
const (
	// Unallocated is money that was taken and is nobody's yet.
	Unallocated AccountID = "excess:unallocated"
	// RefundPayable is money that is going back and has not gone yet.
	RefundPayable AccountID = "refund:payable"
	// DisputeReserve is money that its payers contest.
	DisputeReserve AccountID = "dispute:reserve"
)

// Class says on which side of the books an account stands.
type Class uint8

// The classes. The zero Class is no account's.
const (
	// Liability is what the operator owes: the deposit accounts, and money that was taken and may have to go back.
	Liability Class = iota + 1
	// Income is what was earned.
	Income
	// Asset is what the operator has or is about to have; its ledger balance is negative or zero in the ordinary course.
	Asset
	// Expense is what was spent: the fees of gateways. Its ledger balance is negative or zero in the ordinary course.
	Expense
)

var classNames = [...]string{"", "liability", "income", "asset", "expense"}

// String is the English name in lower case.
func (c Class) String() string {
	if c > 0 && int(c) < len(classNames) {
		return classNames[c]
	}
	return fmt.Sprintf("class(%d)", uint8(c))
}

// chart is the chart of accounts: how the ids of each class begin, what separates their two segments ("" when there is one), and the
// only segment of a kind of which there is one account.
var chart = [...]struct {
	prefix, separator, only string
	class                   Class
}{
	{"deposit:", "/", "", Liability},
	{"revenue:", ":", "", Income},
	{"bank:", "", "", Asset},
	{"clearing:", "", "", Asset},
	{"fees:", "", "", Expense},
	{"excess:", "", "unallocated", Liability},
	{"refund:", "", "payable", Liability},
	{"dispute:", "", "reserve", Liability},
}

// Check reports whether the id is one of the chart; its error wraps ErrInvalid.
func (a AccountID) Check() error {
	for _, row := range chart {
		rest, ok := strings.CutPrefix(string(a), row.prefix)
		if !ok {
			continue
		}
		if row.only != "" && rest != row.only {
			return fmt.Errorf("%w: account %.80q: there is only %q of its kind", ErrInvalid, string(a), row.prefix+row.only)
		}
		segments := []string{rest}
		if row.separator != "" {
			first, second, _ := strings.Cut(rest, row.separator)
			segments = []string{first, second}
		}
		for _, s := range segments {
			if err := key.CheckName("a segment", s); err != nil {
				return fmt.Errorf("%w: account %.80q: %w", ErrInvalid, string(a), err)
			}
		}
		return nil
	}
	return fmt.Errorf("%w: account %.80q is of none of the kinds deposit, revenue, bank, clearing, fees, excess, refund, dispute", ErrInvalid, string(a))
}

// Class gives the account's class, 0 when the id is none of the chart.
func (a AccountID) Class() Class {
	for _, row := range chart {
		if strings.HasPrefix(string(a), row.prefix) {
			return row.class
		}
	}
	return 0
}

// Org gives the organisation of a deposit account, "" for other accounts.
func (a AccountID) Org() string {
	rest, ok := strings.CutPrefix(string(a), "deposit:")
	if !ok {
		return ""
	}
	org, _, _ := strings.Cut(rest, "/")
	return org
}

// Parent gives the main account of a branch's account, "" for main accounts and accounts that are no deposit.
func (a AccountID) Parent() AccountID {
	org := a.Org()
	if org == "" || a == Deposit(org, Main) {
		return ""
	}
	return Deposit(org, Main)
}

// guarded reports whether the account is opened, suspended and closed and may not fall below a floor.
func (a AccountID) guarded() bool { return strings.HasPrefix(string(a), "deposit:") }
