// Package sdk serves a Go type as a plugin. The author writes a type, and a main of one line:
//
//	func main() { sdk.ServeGateway(sdk.About{Name: "acme-pay", Version: "1.0.0"}, new(acme.Gateway)) }
//
// # What it does
//
// It answers the host's handshake, over mutual TLS with certificates of that one start; serves the base service beside that of the kind;
// refuses calls before the configuration, after Drain, and messages over the bound; and ends the process when the host asks for it, or is
// gone, which it learns from the end of stdin. A panic in a call is answered as an error and logged with its stack but nothing of the
// request; then the process ends, for what the panic left behind is not to be trusted, and the host starts another.
//
// # What the author keeps to
//
// Every method may be called by many goroutines at once, and returns before its context's deadline. The process may be killed between any two
// instructions, so nothing that correctness needs is kept in memory. Secrets come with Configure and go nowhere: not into an error, a log, or
// the environment. Stdout belongs to the handshake: log with [Logger]. What is printed once Serve was called is turned into log records (on
// Windows, what is printed to os.Stdout); what was printed before, in an init or at the start of main, breaks the handshake. A type that also has Close() error is closed at the end, and
// one with [Readier] tells the host how it does.
//
// # Trying it out
//
// With ICMS_PLUGIN_DEBUG=1 in its environment the program needs no host: it prints a line to reattach by and serves until interrupted, under a
// debugger too.
package sdk
