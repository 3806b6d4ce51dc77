// Package sqliteplugin is the store plugin that keeps everything in one SQLite database, by icms/store/sqlite. The program that serves it is
// the folder above; a host that wants the same store without a process of its own takes [Open] with the same configuration.
//
// The configuration is a JSON object:
//
//	{"path": "/var/lib/court/records.db", "wait": "10s", "durability": "full"}
//
// Path names the database file, from the root of the file system; its folder must exist, the file is made when it does not. Wait is how long
// a call waits behind other writers before it is told that the store is busy, 10 seconds when it is not said; keep it below the plugin's
// timeout in the manifest. Durability "full", the usual one, keeps every commit through a loss of power; "process" keeps it through the death
// of the process only, and is for trials.
package sqliteplugin
