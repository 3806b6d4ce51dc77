// Command broken is a plugin that is right, but for the one thing that its argument names: a gateway, or what the name begins with. It proves that the suite finds it, and
// that it finds nothing else. It is made without package sdk, which would prevent most of it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/protobuf/types/known/emptypb"

	"courts.example/eservices/plugins/internal/gatewaywire"
	"courts.example/eservices/plugins/internal/storewire"
	"courts.example/eservices/plugins/internal/wire"
	basev1 "courts.example/eservices/plugins/proto/icms/plugin/base/v1"
	courtv1 "courts.example/eservices/plugins/proto/icms/plugin/court/v1"
	gatewayv1 "courts.example/eservices/plugins/proto/icms/plugin/gateway/v1"
	storev1 "courts.example/eservices/plugins/proto/icms/plugin/store/v1"
)

func main() {
	bug := ""
	if len(os.Args) > 1 {
		bug = os.Args[1]
	}
	if os.Getenv(wire.CookieKey) != wire.CookieValue && bug != "serves-anybody" {
		fmt.Fprintln(os.Stderr, "this is a plugin: a host starts it")
		os.Exit(1)
	}
	if bug == "prints-first" {
		fmt.Println("Welcome to broken!")
	}
	if err := serve(bug); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve serves a host.
func serve(bug string) error {
	certificate, line, err := newCertificate()
	if err != nil {
		return err
	}
	config, err := demand(certificate, bug)
	if err != nil {
		return err
	}
	socket := filepath.Join(os.Getenv("PLUGIN_UNIX_SOCKET_DIR"), "s")
	listener, err := listen(socket)
	if err != nil {
		return err
	}
	p := &plugin{bug: bug, gateway: &gateway{bug: bug}, records: &records{bug: bug}}
	options := []grpc.ServerOption{
		grpc.Creds(credentials.NewTLS(config)), grpc.ChainUnaryInterceptor(p.unary), grpc.ChainStreamInterceptor(p.stream),
		grpc.MaxRecvMsgSize(wire.MaxMessage),
	}
	if bug == "answers-anything" {
		options = append(options, grpc.UnknownServiceHandler(func(_ any, s grpc.ServerStream) error { return s.SendMsg(&emptypb.Empty{}) }))
	}
	if bug == "dies-of-size" {
		options = append(options, grpc.MaxRecvMsgSize(2*wire.MaxMessage))
	}
	server := grpc.NewServer(options...)
	basev1.RegisterPluginServiceServer(server, p)
	switch p.kind() {
	case basev1.Kind_KIND_STORE:
		storev1.RegisterStoreServiceServer(server, storewire.Server(p.records))
	case basev1.Kind_KIND_COURT:
		courtv1.RegisterCourtServiceServer(server, court{p: p})
	default:
		gatewayv1.RegisterGatewayServiceServer(server, gatewaywire.Server(p.gateway))
	}
	server.RegisterService(controller(), p)
	p.follow(server)
	fmt.Println("1|1|unix|" + socket + "|grpc|" + line)
	return server.Serve(listener)
}

// controller is go-plugin's service by which a host asks for the end.
func controller() *grpc.ServiceDesc {
	shut := func(srv any, _ context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
		go srv.(*plugin).leave()
		return &emptypb.Empty{}, decode(&emptypb.Empty{})
	}
	return &grpc.ServiceDesc{
		ServiceName: "plugin.GRPCController", HandlerType: (*any)(nil), Methods: []grpc.MethodDesc{{MethodName: "Shutdown", Handler: shut}},
	}
}

// follow ends the process with its host, and by signal.
func (p *plugin) follow(server *grpc.Server) {
	p.server = server
	if p.bug == "ignores-sigterm" {
		signal.Ignore(syscall.SIGTERM)
	}
	if p.bug == "ignores-stdin" {
		return
	}
	go func() {
		_, _ = new(discard).ReadFrom(os.Stdin)
		os.Exit(0)
	}()
}

func (p *plugin) leave() {
	p.server.GracefulStop()
	os.Exit(0)
}
