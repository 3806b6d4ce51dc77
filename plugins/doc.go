// Package plugins is the guide to plugins: programs by payment companies, storage vendors and other courts, in any language, that a court's host runs as
// processes of their own. It has no code. Its authors are meant to come from nothing to a certified plugin in ten minutes, and its operators to run what
// they ship without fear.
//
//	plugins/proto        the contract on the wire, for every language
//	plugins/sdk          serves a Go type as a plugin
//	plugins/certify      the command that certifies a plugin; package plugins/conformance has its rules
//	plugins/host         runs plugins, for operators and embedders
//	plugins/simpay       shipped: the gateway of the simulated payment company
//	plugins/sqlite       shipped: the store in one SQLite file
//	plugins/districtcourt  shipped: the District Court, as a document
//	examples/gatewaygo   a gateway in Go to copy; examples/gatewaynode one in JavaScript; examples/embed a service that stands on plugins
//
// # The idea
//
// Rules run in the host; plugins supply data and effects. A gateway translates between the library's port (payment.Gateway) and a company; a store keeps
// records (store.Store); a court hands over its tables once (icms/tables) and answers what no table can say. What comes out of the host is a plain value of the
// library's own interface, and nothing that uses it can tell.
//
// One process serves one kind and one configuration. The host calls the plugin; the plugin never calls the host. It may be killed between any two
// instructions, so nothing that correctness needs is kept in its memory.
//
// # Ten minutes: a gateway in Go
//
// Go 1.26, the library's source in ../eservices (drop the replace when you have it from a proxy), and an empty folder:
//
//	go mod init acme.example/pay
//	go mod edit -replace courts.example/eservices=../eservices -require courts.example/eservices@v0.0.0
//	go mod edit -tool courts.example/eservices/plugins/certify
//	cp -r ../eservices/examples/gatewaygo/larkpay acme && rm acme/*_test.go
//	sed -i.old 's/^package larkpay/package acme/; s/larkpay/acmepay/g; s/Larkpay/Acmepay/g' acme/*.go && rm acme/*.old
//	cp ../eservices/examples/gatewaygo/sandbox.json .
//
// and a main.go, which never gets longer:
//
//	package main
//
//	import (
//		"acme.example/pay/acme"
//
//		"courts.example/eservices/plugins/sdk"
//	)
//
//	func main() { sdk.ServeGateway(acme.About(), new(acme.Gateway)) }
//
// Then build it and have it certified, against the simulated company whose API the copied adapter speaks:
//
//	go mod tidy
//	go build -o acmepay .
//	go tool certify gateway ./acmepay -config sandbox.json -report report.json
//
// It ends with CERTIFIED and the line for the manifest. From here on replace the company's API by yours, file by file; the README of examples/gatewaygo says
// where, and which three rules carry the money. A company with a sandbox of its own changes "sandbox" in sandbox.json: see package plugins/conformance.
//
// # Ten minutes: a court in Go
//
// A court is a document. Begin with that of an invented one, icms/tables/testdata/ballymore.json; icms/tables/schema.json lets an editor say what may stand
// where. go.mod is made as above.
//
//	//go:embed court.json
//	var document []byte
//
//	type court struct{}
//
//	func (court) Configure(context.Context, []byte) error { return nil }
//	func (court) Tables() ([]byte, error)                 { return document, nil }
//
//	func main() { sdk.ServeCourt(sdk.About{Name: "ballymore", Version: "1.0.0"}, court{}) }
//
//	go build -o ballymore . && go tool certify court ./ballymore -report report.json
//
// A court whose type also has the methods of filing.Assessor, filing.Restrictions or icms.Agents names them under "hooks" in its document. A store is a type
// with the methods of store.Store and a Configure, served by sdk.ServeStore; icms/store/storetest is the suite to write it by, and {{dir}} in the settings of
// certify is where it may keep its records.
//
// # Ten minutes: a gateway in another language
//
// examples/gatewaynode is one in JavaScript on @grpc/grpc-js, without a line of Go. In its folder, and then at the top of the library:
//
//	npm ci && npm run bundle && npm test
//	go run ./plugins/certify gateway ./examples/gatewaynode/dist -config examples/gatewaynode/sandbox.json -report node.json
//
// lib/serve.js, lib/certificate.js and lib/log.js are what a plugin of any kind needs: copy them. Outside the library's tree, ICMS_PROTO says where plugins/proto
// is. A script is pinned with its folder, its entry and its interpreter; sandbox.json names the latter two, and the report says how the manifest does. For a
// third language this is the whole of the contract below gRPC:
//
//	environment   ICMS_PLUGIN              6f1c58ba-courts-eservices; without it say what you are on stderr, and exit with 1
//	              PLUGIN_PROTOCOL_VERSIONS the versions that the host speaks: 1
//	              PLUGIN_CLIENT_CERT       the host's certificate in PEM, the only one to trust
//	              PLUGIN_UNIX_SOCKET_DIR   a private folder; the socket lies in it
//	              TMPDIR                   a private folder that goes away with the process
//	              some more of go-plugin's that begin with PLUGIN_, and what the manifest names under "env"; nothing else
//	stdout        one line, and never another:
//	              1|1|unix|<path of the socket>|grpc|<own certificate for localhost, DER in base64>
//	              (tcp|127.0.0.1:<port> where there are no Unix sockets)
//	TLS           on both sides, with certificates made for this one process
//	stdin         its end says that the host is gone: exit
//	stderr        a JSON object a line: "@level", "@message", "@timestamp", and fields
//	messages      at most 4 MiB in either direction; a configuration at most 1 MiB
//
//	service                                    calls, in the order of a life
//	icms.plugin.base.v1.PluginService          Info, Configure once, Health at any time, Drain
//	icms.plugin.{gateway,store,court}.v1...    those of the kind, between Configure and Drain; else FAILED_PRECONDITION, UNAVAILABLE
//	grpc.health.v1.Health                      Check: SERVING
//	plugin.GRPCController                      Shutdown: answer, then exit with 0
//	plugin.GRPCStdio                           StreamStdio: leave it open
//
// The .proto files say the rest, call by call. Results of the domain, and what the company or the storage refuses, are fields of answers. A gRPC status says
// that the call itself failed, and the host takes it as "it may have happened"; but UNIMPLEMENTED of what need not be served is "not allowed". The zero of every enum is "not said" and never good news.
//
// # What each kind must do
//
// Every plugin tells everything that is wrong with its configuration at once, by JSON pointer, repeating no secret; refuses another configuration in the same
// process; answers Health at once from what it knows; ends a call when its deadline is over or its caller has given up; stands a thousand calls at once, and what it does
// not know; ends within two seconds of Shutdown, SIGTERM or the end of stdin, with all that it started.
//
//   - A gateway translates. The host makes references and keys, keeps states, compares amounts, sends again and asks. The gateway sends once, remembers nothing,
//     verifies a message before it parses it, declares in Describe what it can do (what it does not declare is never asked for), and guesses nothing: what is not certain
//     is unknown. "Unavailable" is said only when not a byte can have left. Package payment has the contract, payment/gatewaytest its rules A to M.
//   - A store commits a change as a whole or not at all, once for each id; keeps versions, unique keys, sums with floors, leases and chains; never keeps
//     a transaction open while it waits for the host. What it answered it still knows after kill -9. Package icms/store has the contract, icms/store/storetest the rules.
//   - A court gives the same document at every call. Each row names its provision and how sure it is; what nobody has read is left out, not invented. Its hooks are
//     asked about many items at a time, say the same for the same, and decide nothing by failing.
//
// # Debugging
//
// Three ways, from the nearest to the farthest:
//
//   - [courts.example/eservices/plugins/sdk.Background] serves a Go plugin inside a test, over gRPC and a socket, and gives the value that a host would give.
//   - ICMS_PLUGIN_DEBUG=1 ./acmepay, under a debugger or not, is started without a host: it prints where it serves, {"network":"unix","address":...,"pid":...,"protocol":1},
//     and serves until interrupted. A host whose Options.Reattach has that line for the name of the plugin in the manifest attaches to it: it hands over the
//     configuration and calls, but looks at no digest, needs no file, and neither starts nor ends the process. One host after the other may attach; another configuration needs
//     the plugin to be started again. There is no TLS on that socket, which only you can open (on Windows, everybody on the machine); any gRPC client that knows plugins/proto
//     can call it too, Configure first. No manifest can ask for this, only the program that makes the host, so a forgotten debug mode does not reach a court.
//   - In a host: Options.Logger has what the plugin writes to stderr (sdk.Logger, or JSON lines), with its name, version and process; Host.Status says how each plugin
//     does, how often it died and why it did the last time. An error names plugin, version, process and remedy.
//
// When certify fails a rule it says which, what it saw, and what must be; -seed with the seed of the report repeats the run, and package plugins/conformance says what
// each rule is about. -q prints the result alone, -parallel 1 helps on a slow machine, -entry and -interpreter are for folders and scripts.
//
// # The operator
//
// A report is a text of its author's. What makes it worth something is the digest in it: the host runs that program and no other.
//
//  1. Read report.json: "certified", the version of the suite, what was skipped and not checked, and whether you can live with the latter. Better: certify the program that
//     you were sent yourself. It is the same command, needs no source, and gives the same digest.
//  2. Put the program into the folder of plugins, which only the administrator can write.
//  3. Pin the digest of the report in the manifest. Never compute it from the file that it is to protect, unless you built that yourself.
//
// A manifest with all kinds, and a script:
//
//	{"plugins": [
//	  {"name": "acme-live", "plugin": "acmepay", "kind": "gateway", "version": "1.0.0", "path": "acmepay", "sha256": "<the report's>",
//	   "config": "acme-live.json", "timeout": "20s", "concurrency": 32, "env": ["HTTPS_PROXY"]},
//	  {"name": "records", "plugin": "sqlite", "kind": "store", "version": "1.0.0", "path": "sqlite", "sha256": "...", "config": "sqlite.json"},
//	  {"name": "ballymore", "kind": "court", "version": "1.0.0", "path": "ballymore", "sha256": "..."},
//	  {"name": "larkpay", "plugin": "gatewaynode", "kind": "gateway", "version": "1.0.0", "path": "gatewaynode", "sha256": "<of the folder>", "entry": "plugin.js",
//	   "interpreter": {"path": "/usr/bin/node", "sha256": "..."}, "config": "larkpay.json"}
//	]}
//
// Name is yours for one plugin with one configuration; plugin and version are what it says of itself. Configurations lie beside the manifest, readable to the host's
// user alone, and hold the secrets; nothing else does. A new version is a new digest: change both in the manifest. examples/embed does all of this, and
// package plugins/host says what each field means.
//
// # What the host guards against, and what it does not
//
// It takes a plugin for a program that may be exchanged, broken, frozen, mad or gone, and its author for somebody who can be wrong:
//
//	another program, or a changed one      the digest is checked on the private copy that is run, at every start
//	the host's secrets                     an empty environment, closed files, the configuration over mutual TLS
//	no answer, slow answers, no end        a deadline on every call, start, health question, drain and kill
//	floods of calls, messages, logs        bounds on each; other plugins do not notice
//	dying, again and again                 another process for the next call, growing pauses, quarantine after too many
//	nonsense                               never an amount, a state or an end: an error that names the plugin
//	the host's own death                   plugins end with it; what they had started, when the next host starts
//	dying in the middle of a payment       unknown, never failed, never repeated blindly: the host asks the company
//
// It is no sandbox. Whoever runs a plugin of somebody whom he does not trust at all must add what follows, by a container, a virtual machine or a user and a machine of its own:
//
//   - The plugin runs as the host's user. It can read what that user can read: other configurations, the database, the documents.
//   - Its network is the host's. Nobody holds it to the hosts that it declares; a firewall can.
//   - Memory, processor time and disk are not bounded by the host; cgroups can.
//   - Processes that it starts are killed with its group. One that leaves the group outlives it. When the host itself is killed, all that the plugin had started goes on
//     until the next host starts; on Linux that one ends what still has the plugin's TMPDIR.
//   - The digest covers the program, or every file of its folder and the interpreter's own file. It does not cover what they load from the system: the dynamic loader, shared
//     libraries.
//   - The very bytes that were hashed are what runs only on Linux, and only of a program that is one file, and of an interpreter. A folder, a script, and on other systems
//     every program, is run from a copy on disk that is closed to other users, but not to the plugin, which runs as the host's.
//   - Only on Linux are plugins killed by the system when the host is. Elsewhere the end of stdin has to do.
//   - What an interpreter loads from folders above the copy no digest covers: the host runs scripts only where nobody else can write there.
//   - A gateway that says "paid" is believed until the settlement does not have the money (payment/reconcile). A store sees and can change everything; who keeps the heads of the
//     audit chains elsewhere will know (examples/auditverify). A court's tables are its law: that they are well formed is proven, that they are right is not.
//   - A report is not signed, and a certified plugin has passed on one day, on one system, what a machine can check.
package plugins
