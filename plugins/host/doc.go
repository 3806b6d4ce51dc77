// Package host runs plugins: programs of payment companies, storage vendors and courts that are no part of the library and are not trusted.
//
// An operator's Manifest pins every plugin by its digest. A Host starts a plugin when it is first asked for, as a process of its own, and gives
// what it serves as a plain payment.Gateway, store.Store or icms.Court: nothing downstream can tell.
//
//	h, err := host.New(host.Options{Manifest: m, Dir: "/opt/court/plugins"})
//	gateway, err := h.Gateway(ctx, "acme")
//	...
//	err = h.Close(ctx)
//
// A manifest is JSON; everything but name, kind, version, path and sha256 may be left out:
//
//	{"plugins": [
//	  {"name": "acme-live", "plugin": "acme", "kind": "gateway", "version": "1.2.0",
//	   "path": "acme", "sha256": "<as Digest gives it>", "entry": "main.js",
//	   "interpreter": {"path": "/usr/bin/node", "sha256": "<of the file>"},
//	   "args": [], "env": ["HTTPS_PROXY"], "config": "acme-live.json",
//	   "timeout": "30s", "concurrency": 64, "health": "10s", "crashes": 5}
//	]}
//
// # What the host guarantees
//
//   - What runs is what the operator pinned: the program is read once from below Dir, hashed while it is copied to where nobody else writes,
//     and the copy is run. No path and no symbolic link leads out of Dir.
//   - A plugin learns nothing of the host: its environment holds what the manifest names and nothing else, its configuration travels over the
//     authenticated connection, never in arguments, environment, logs or errors. Both sides of the connection hold certificates made for this
//     one process; the socket lies in a folder that only this user can open.
//   - Every call has a deadline, and so has every wait for a start, a place in the queue, the end of a process. A plugin that is frozen, mad,
//     or floods its log costs the host a bounded amount of time and memory, and other plugins nothing.
//   - A call that never left the host says so: its error wraps wire.ErrNotSent. Of every other call that failed the host says that it may have
//     happened; it repeats none.
//   - A plugin that dies is started again for the next call, after a pause that grows; one that dies too often, or is not what the manifest
//     says, stays in quarantine until Reset. The error names the plugin, its version, and what to do.
//   - When the host ends, however it ends, its plugins end: by Close, by the death signal of Linux, by the end of their stdin. Close also ends what
//     they started. When the host is killed, that goes on until the next host with the same Run starts a plugin, which ends it.
//
// # What it does not
//
// A plugin runs as the host's user: with that user's files, network and processes. The host guards against mix-ups, mistakes and madness, and
// against others on the machine; whoever must run what may be hostile gives the host a user, a container or a machine of its own. A process that
// leaves its group (setsid) may outlive the plugin that started it. What a plugin of a killed host had started is known by its TMPDIR, on Linux alone:
// what has changed that, and what runs elsewhere, stays. Except on Linux a plugin that ignores the end of its stdin outlives a host that is killed.
//
// Only a program that is one file, on Linux, and an interpreter there, is run by the very bytes that were hashed: in sealed memory, or by the handle.
// A folder, a script, and on other systems every program, is run from its copy on disk, in a folder that is closed to other users; this user could
// change it after it was hashed, and so could the plugin.
//
// # The life of a plugin
//
//	Stopped -> Starting -> Ready -> Draining -> Closed
//	Ready, Starting -> Backoff -> Starting
//	Ready, Starting, Backoff -> Quarantined -> (Reset) -> Stopped
//
// A Host starts no goroutine before it is first asked for a plugin, and after Close none is left.
package host
