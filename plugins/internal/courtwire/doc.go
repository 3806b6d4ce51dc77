// Package courtwire carries a court over gRPC: its tables in a stream, once, and its hooks many items at a time.
//
// [Client] makes an icms.Court of what the other end serves, by package icms/tables; the rules run in the host. [Server] serves a court in process.
//
// A hook that gives no answer, or one that breaks the contract, is an error; nothing of such an answer is used. Package icms then decides nothing.
package courtwire
