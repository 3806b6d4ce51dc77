// Package model is the design of payments at gateways as a machine small enough to be explored whole: every order of events, every crash,
// every lost, late, doubled and reordered message. The tests of package payment run it.
package model
