// Package tables reads a court from one JSON document.
package tables
