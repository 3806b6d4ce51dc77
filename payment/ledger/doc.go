// Package ledger keeps deposit accounts by double entry, on the change sets of icms/store: money moves in the same commit as
// the thing it pays for, or not at all.
//
// # Accounts
//
// The chart of accounts, by how an [AccountID] begins:
//
//	deposit:<org>/main       liability  what is owed to an organisation: its main account
//	deposit:<org>/<branch>   liability  the same for a branch, a balance of its own
//	revenue:<court>:<item>   income     what a court earned by a fee item
//	bank:<name>              asset      the operator's bank account
//	clearing:<name>          asset      money on its way to the bank
//	fees:<gateway>           expense    what a gateway charged
//	excess:unallocated       liability  money that was taken and is nobody's yet
//	refund:payable           liability  money that is going back and has not gone yet
//	dispute:reserve          liability  money that its payers contest
//
// Deposit accounts are opened, suspended, reopened and closed, and are kept in one currency. The others need no opening; they have a balance in
// every currency posted to them.
//
// The chart is this library's own and follows where money stands between its payer, a gateway, the bank and the court:
//
//	a payment at a gateway    clearing:<gateway>   -> revenue, or excess:unallocated when no order takes it
//	an allocation             excess:unallocated   -> revenue
//	a refund is approved      revenue or excess    -> refund:payable, which is where it stands until the gateway has sent it
//	it is sent; it fails      refund:payable       -> clearing:<gateway>; -> where it came from
//	a dispute is opened       revenue or excess    -> dispute:reserve
//	it is lost; it is won     dispute:reserve      -> clearing:<gateway>; -> where it came from
//	a gateway's charge        fees:<gateway>       -> clearing:<gateway>
//	a payout                  bank:<name>          -> clearing:<gateway>
//
// An arrow debits its left and credits its right. Once all is paid out, refunded and decided, clearing, refund:payable and
// dispute:reserve stand at nothing; what does not is unexplained.
//
// A positive posting credits an account, a negative one debits it: a deposit account with 500 to its owner's credit and revenue of
// 500 both stand at 500, the bank account that received it at -500. The postings of an [Entry] sum to zero, and so does everything.
//
// # Requests
//
// Every request is a value: [TopUp], [Debit], [Transfer], [Post], [Reverse] post an entry; [Place], [Capture], [Release] set money aside
// and end that exactly once; [OpenAccount], [SuspendAccount], [ReopenAccount], [CloseAccount] keep the account itself. [Ledger.Do] carries a
// request out at once. [Ledger.Change] gives the change set that would, for a caller who merges it into a larger one:
//
//	debit, err := books.Change(ctx, ledger.Debit{...})
//	filing.Merge(debit)                          // store.Change.Merge
//	_, err = s.Apply(ctx, filing)
//	err = books.Explain(ctx, filing, err)        // *InsufficientError and the like
//
// The guards travel with the change: the floor of the balance, the account's status and currency, the id. So a debit that was built
// when there was enough is refused if there is too little when it is committed, by whatever process spent it, and the whole with it.
//
// A request happens once by its id, a top-up by its external reference. The same request again is a replay ([ErrDone] from Change,
// Replayed from Do); the same id for anything else is a [ConflictError]. The instant At is not part of the request, so that a retry may
// carry a later clock.
//
// # What is kept
//
//	record kind      id            index entries
//	ledger.account   account id    ledger.accounts = id
//	ledger.entry     entry id      ledger.journal = currency; ledger.statement = currency|account|value instant, for each account;
//	                               unique ledger.reversal = id of the entry it reverses
//	ledger.hold      hold id       ledger.journal = currency; ledger.held = currency|account|instant while it is open
//
//	sum
//	ledger/<currency>/<account>/posted      the sum of the account's postings, every account
//	ledger/<currency>/<account>/available   deposit accounts: posted less open holds, guarded by the floor
//
// Amounts are money.Amount; sums count minor units. Instants are in UTC. [Ledger.Prove] recomputes all of it.
//
// # Terms
//
// What the operator's terms say of minimum balances and overdrafts is data ([Terms]). Where nobody knows them, the library's own
// policy holds, and [Ledger.Terms] says so with the status law.Assumed: the floor is zero, a branch doesn't draw on its main
// account, and a suspended account takes nothing new while what was held before is still captured or released.
package ledger
