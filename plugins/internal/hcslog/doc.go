// Package hcslog brings what plugins and go-plugin log into a slog.Logger.
//
// A plugin logs lines of hclog's JSON on stderr, or plain text. It may be wrong, mad or hostile: lines are cut, fields are counted, a flood is
// left out and counted, and what a line says stands under names of its own, so that no plugin speaks in the host's or another's name.
// go-plugin has a reader for such lines too; it is not used, because a line of the wrong shape ({"@message":1}) ends the host with a panic.
package hcslog
