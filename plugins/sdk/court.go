package sdk

import (
	"context"

	"google.golang.org/grpc"

	"courts.example/eservices/plugins/internal/courtwire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
)

// Court is a court that can be served: the document that package icms/tables reads. The rules run in the host, which asks for the document once.
//
// What a document can't say is a hook: the type also has the methods of filing.Assessor, filing.Restrictions or icms.Agents, and the
// document names those that are to be asked, under "hooks". They are asked about many items at a time, when a batch is looked at and when it is
// filed; a claim may be incomplete, for what could not be read of it has findings of its own. An error of a hook decides nothing: the filer is told to
// ask again.
type Court interface {
	// Configure takes the configuration, a JSON document, before any other call. An error that is [Problems] is shown to the operator.
	Configure(ctx context.Context, config []byte) error
	// Tables gives the court's document. It is called after Configure, and gives the same at every call.
	Tables() ([]byte, error)
}

// NewCourt makes a Plugin of a court. Its tables are proven with the configuration, so that a court with a mistake never serves.
func NewCourt(a About, c Court) Plugin {
	return Plugin{
		kind: basev1.Kind_KIND_COURT, about: a, impl: c,
		configure: func(ctx context.Context, config []byte) error {
			if err := c.Configure(ctx, config); err != nil {
				return err
			}
			return courtwire.Prove(c)
		},
		register: func(s grpc.ServiceRegistrar) { courtv1.RegisterCourtServiceServer(s, courtwire.Server(c)) },
	}
}

// ServeCourt is the whole main of a court's program: it serves the host that started the process and ends the process with the host.
func ServeCourt(a About, c Court) { serve(NewCourt(a, c)) }
