// Package sqlite keeps a store.Store in one SQLite file.
package sqlite
