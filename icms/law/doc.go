// Package law holds the vocabulary in which every answer of this library explains itself: the [Provision] an answer rests on,
// how certain we are of it ([Status]), words for people by language ([Text]), and the ordered steps that led to the answer ([Reason]).
//
// The package knows no law of any place. Tables of a jurisdiction live in the hk packages beside each engine and hand their
// provisions to the engines as values.
//
// A Reason costs little to build: a step keeps its values as they are and formats them only when somebody reads the step, as
// text or as JSON. All types are values, safe for concurrent reading; nothing here is changed after it was built.
package law
