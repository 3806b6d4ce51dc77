// Package conformance certifies plugins: it starts them as a host does, in whatever language they are written, and checks them by the rules of
// their kind. The command plugins/certify is its front.
package conformance
