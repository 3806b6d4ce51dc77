// Package gatewaytest says whether a payment.Gateway is right: one suite for everybody who writes one, run by go test or by a command.
//
//	func TestGateway(t *testing.T) {
//		gatewaytest.Run(gatewaytest.Go(t), gatewaytest.Harness{Open: func(t gatewaytest.T) gatewaytest.Sandbox {
//			return openSandbox(t) // your company's sandbox, and new adapters to it
//		}})
//	}
//
// Each case opens a sandbox of its own and tests one rule, whose id stays: "C3" is for ever "a key with other contents is a conflict".
// The groups are B starting, C keys, D unknown outcomes, E asking, F what payers do, G cancelling and capturing, H refunds, I messages,
// J settlement and disputes, L time and language. What needs a process to be started, killed or watched (starting and stopping, secrets in its
// environment, its files and connections, load) is no part of this suite, nor is a gateway stopped that ignores its context: a case waits for it.
//
// What a case needs besides the gateway (a payer who acts, faults on the way, a clock that can be moved, the company's books) comes from
// the optional interfaces of the [Sandbox]. A rule that needs what is not supplied is reported as not checked, and so is what no suite
// can see from inside a process; a rule about what the gateway declares not to have is skipped. Both are printed, neither is ever
// counted as passed, and no assertion can be switched off. The gateway is not told that it is tested.
//
// An author whose adapter speaks HTTP puts a [Wire] between it and the company, which spoils the connection in all the ways of [Fault].
//
// The suite imports no test library, so that a command can carry it: see [Check].
package gatewaytest
