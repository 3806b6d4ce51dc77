// Package conformance certifies plugins: it starts them as a host does, in whatever language they are written, and checks them by the rules of
// their kind. The command plugins/certify is its front:
//
//	go run ./plugins/certify gateway ./their-plugin -config sandbox.json -report out.json
//
// # What is checked
//
// Of every plugin: how it starts (A1, A2), takes and refuses configurations (A4, A6, P9), meets what it does not know (A7, A8) and what is too much
// (A9, P6, P7), ends (A10, P1 to P3, P8), keeps time (A12, A13, P4, M1), keeps secrets (K). Of a gateway the rules of payment/gatewaytest, each with
// new processes under package host, and kills in the middle of a payment (D12). Of a store those of icms/store/storetest, and kills in the middle of a
// change (S). Of a court its tables, its hooks, and a batch that goes through a service (T). [Rules] lists them; their ids stay.
//
// No rule can be switched off, and the plugin is not told that it is tested. What it declares not to have is skipped. What a machine can't see, or the
// sandbox does not supply, is not checked, which is said with the reason and never counts as passed. A plugin that fails nothing is certified;
// [Report.Unproven], "unproven" in the report as JSON, then says which of the rules are open without which money can be taken twice, lost or believed wrongly.
//
// A process has the clock of its machine. The cases that need it to be moved are not checked of processes; run payment/gatewaytest in process for
// them.
//
// # Settings
//
// The settings say how the plugin is configured, and where it finds a company:
//
//	{
//	  "config": {"url": "{{url}}", "secrets": ["{{secret}}"], "currencies": ["HKD"]},
//	  "sandbox": {"kind": "simpay"},
//	  "entry": "plugin.js", "interpreter": "node"
//	}
//
// In the texts of config, {{url}} stands for the company's address, {{secret}} for the secret that it signs with, {{dir}} for an empty folder, for
// stores. As an element of a list {{secret}} becomes every secret in force. The kinds of sandbox are
//
//   - "simpay": the simulated company of payment/simpay, for adapters that speak its API. All rules are checked. "currencies", "means", "late" and
//     "payTwice" are its terms.
//   - "control": a company's own sandbox that serves the control API of payment/simpay at "url" with "secret"; "merchant" is what stands for
//     {{secret}}. The plugin reaches it by a connection that the suite spoils.
//   - "none": the company that the configuration names, without a payer. What needs one is not checked.
//
// A folder needs entry, the file in it that is run; a script needs its interpreter.
//
// # The result
//
// The command prints each rule as it is checked, and then what an author and an operator have to know:
//
//	FAILED
//	    A13  a call that is given up is over, in the plugin too
//	         the call's context has ended, and Drain waits for it: DeadlineExceeded after 5.001s; must be over within 200ms
//
//	NOT CHECKED: a machine can't, or the sandbox does not supply what it takes
//	  a process has the clock of its machine, which can't be moved: to move the company's alone would be another rule:
//	    C8   the window of keys is as declared, and refuses beyond
//	    L2   midnight, leap day and the turn of the year
//	  it takes an hour:
//	    M2   an hour of load leaves memory, files and goroutines as they are
//
//	SKIPPED: the plugin declares that it has no such thing
//	  the gateway declares no attempts that can be paid twice:
//	    E3   two payments of one attempt are listed
//
//	NOT CERTIFIED: gateway acme-pay 2.1.0 by suite 1.0.0, protocol 1, on linux/amd64, 2026-11-02T12:00:00Z
//	120 passed, 1 failed, 3 skipped, 12 not checked
//
// A plugin that is certified gets the line that pins it in a host's manifest. The [Report] in JSON holds the same with every rule, and the digest, which
// is the one that the manifest pins.
//
// # Under go test
//
// Everything below [Certify] runs without go test. An author who writes Go calls it from a test of its own:
//
//	report, err := conformance.Certify(t.Context(), conformance.Options{Kind: host.Gateway, Path: program, Settings: settings}, time.Now)
package conformance
