// Package wire holds what the two ends of a plugin's connection must agree on.
package wire
