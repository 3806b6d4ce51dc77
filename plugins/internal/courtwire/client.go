package courtwire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"google.golang.org/grpc"

	"courts.example/eservices/filing"
	"courts.example/eservices/icms"
	"courts.example/eservices/icms/tables"
	"courts.example/eservices/plugins/internal/wire"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

const (
	// Format is the format of the document that travels.
	Format = "json/1"
	// maxPiece bounds a piece of the document, and maxTables the document, in bytes.
	maxPiece  = 1 << 20
	maxTables = 8 << 20
)

// Client asks the other end of a connection for its tables, proves them, and gives the court, whose hooks go over the connection. The error of tables
// that are wrong wraps a *tables.LoadError.
func Client(ctx context.Context, conn grpc.ClientConnInterface) (icms.Court, error) {
	c := courtv1.NewCourtServiceClient(conn)
	data, err := document(ctx, c)
	if err != nil {
		return icms.Court{}, fmt.Errorf("court plugin: tables: %w", err)
	}
	read, err := tables.Load(data)
	if err != nil {
		return icms.Court{}, fmt.Errorf("court plugin: %w", err)
	}
	h := &hooks{wire: c, court: read.Code()}
	var given tables.Hooks
	declared := read.Hooks()
	if slices.Contains(declared, filing.AssessHook) {
		given.Assessor = h
	}
	if slices.Contains(declared, filing.RestrictionsHook) {
		given.Restrictions = h
	}
	if slices.Contains(declared, filing.AgentsHook) {
		given.Agents = h
	}
	court, err := read.CourtWith(given)
	if err != nil {
		return icms.Court{}, fmt.Errorf("court plugin: %w", err)
	}
	return court, nil
}

// document receives the pieces of the tables.
func document(ctx context.Context, c courtv1.CourtServiceClient) ([]byte, error) {
	ctx, cancel := context.WithCancel(ctx) // whatever is not received any more is let go
	defer cancel()
	stream, err := c.Tables(ctx, &courtv1.TablesRequest{})
	if err != nil {
		return nil, err
	}
	var data []byte
	for first := true; ; first = false {
		m, err := stream.Recv()
		switch {
		case errors.Is(err, io.EOF) && first:
			return nil, wire.Nonsense("there are no tables")
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err
		case first && m.GetFormat() != Format:
			return nil, wire.Nonsense("the tables have the format %.40q; this host reads %q", m.GetFormat(), Format)
		case len(m.GetPiece()) == 0:
			return nil, wire.Nonsense("a piece of the tables is empty")
		case len(m.GetPiece()) > maxPiece || len(data)+len(m.GetPiece()) > maxTables:
			return nil, wire.Nonsense("the tables have more than %d bytes, or a piece of them more than %d", maxTables, maxPiece)
		}
		data = append(data, m.GetPiece()...)
	}
}
