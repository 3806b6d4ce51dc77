// Package proto holds the wire contract between the library and its plugins: one protobuf package a kind (gateway, store, court) and a base
// that every plugin serves, all of version 1. The .proto files are the reference for authors in any language; the Go code beside them is
// generated and committed.
//
// Domain results are fields of responses; a gRPC status other than OK says that the call itself failed. The zero of every enum is "not
// said". Amounts travel in the smallest unit with an ISO 4217 currency, instants as Timestamp, civil dates as "2026-03-02".
//
// v1.binpb is the image against which `buf breaking` holds the files: a field or value that was published never changes.
package proto

//go:generate buf lint
//go:generate buf generate
//go:generate buf breaking --against v1.binpb
