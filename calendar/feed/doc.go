// Package feed reads and writes public calendars.
package feed
