// Package reconcile compares what gateways say they settled with what is on record here, and explains where all money is.
//
// # Settlements
//
// A settlement comes in a file ([Reconciler.ImportCSV]) or from a gateway's Settler ([Reconciler.Fetch]): lines about payments,
// refunds, disputes, fees and payouts. It is imported as a whole or not at all, and once: a file by its hash, a line by its id. The lines of a batch
// add up to its payout, gross less fee is net; a settlement in which something doesn't add up is refused. What the gateway kept and
// what it paid out is posted in the ledger in the same change:
//
//	a fee      fees:<gateway>   debit    clearing:<gateway>  credit
//	a payout   bank:<name>      debit    clearing:<gateway>  credit
//
// # Comparing
//
// [Reconciler.Match] compares the new lines, [Reconciler.Sweep] looks for what did not come. A payment that is missing here is handed to
// the Cashier: the gateway is asked about its attempt, or the line is believed, and the money becomes its order's or is unallocated. What
// disagrees is a [Break]: a record with an owner and an age, that is closed by two persons with a reason, and with ledger entries when
// money is open by it; or that resolves itself when both sides come to agree. [Classes] lists what a break may be.
//
// # Explaining
//
// [Reconciler.Explain] proves why the clearing account of a gateway stands where it stands, to the cent: what the gateway owes by its own
// settlements, what was taken, given back and lost and is not in them, what was written off. What is left is listed: nothing stays unexplained
// without being seen.
//
// # What is kept
//
//	record kind        id               index entries
//	reconcile.file     gateway|hash     reconcile.files = gateway|instant of import
//	reconcile.line     gateway|line     reconcile.line.id = gateway|line; reconcile.line.item = gateway|kind|item; reconcile.line.date = gateway|value date;
//	                                    reconcile.line.new = gateway|instant of import, until it was compared;
//	                                    unique reconcile.line.settles = gateway|kind|item|sign, of the line that settles the item
//	reconcile.batch    gateway|batch|currency   reconcile.batch.open = gateway|currency|batch, while something is owed
//	reconcile.break    break id         reconcile.break.state = gateway|state|instant of opening; reconcile.break.item = gateway|kind|item;
//	                                    reconcile.break.owner = owner|instant of opening, while it is not over
//
// Ids of changes and ledger entries derive from files, lines and breaks: whoever dies at any moment, and whoever does the same at the same
// time on another node, the same is done once.
package reconcile
