// A payment gateway as a plugin, in JavaScript: it runs until its host ends it. See README.md.

import { Trouble, given } from './lib/company.js'
import { Gateway } from './lib/gateway.js'
import { load, serve } from './lib/serve.js'

const gateway = new Gateway()

// The deadline of a call, less what the way back takes; a call without one ends by itself.
const deadline = (call) => Math.min(Number(call.getDeadline()) || Infinity, Date.now() + 30_000) - 50

// within runs a handler so that what it asks of the company ends with the call.
const within = (call, handler) => {
  const end = new AbortController()
  call.on('cancelled', () => end.abort())
  return given.run(end.signal, handler)
}

// unary gives the response of a call, or what went wrong at the company as its `error`.
const unary = (method) => (call) => within(call, async () => {
  try {
    return await method.call(gateway, call.request, deadline(call))
  } catch (e) {
    if (e instanceof Trouble) return { error: e.error }
    throw e
  }
})

// stream gives the parts of a response; an error of the company's ends them.
const stream = (method) => (call) => within(call, async () => {
  try {
    for await (const part of method.call(gateway, call.request, deadline(call))) call.write(part)
  } catch (e) {
    if (!(e instanceof Trouble)) throw e
    call.write({ error: e.error })
  }
})

await serve({
  about: { kind: 'KIND_GATEWAY', name: 'gatewaynode', version: '1.0.0', sdk: 'node', configSchema: '' },
  configure: async (config) => gateway.configure(config),
  kind: {
    service: load('icms/plugin/gateway/v1/gateway.proto', 'icms.plugin.gateway.v1.GatewayService'),
    handlers: {
      Describe: async () => gateway.describe(),
      Create: unary(gateway.create),
      Query: unary(gateway.query),
      Notification: unary(gateway.notification),
      Cancel: unary(gateway.cancel),
      Capture: unary(gateway.capture),
      Refund: unary(gateway.refund),
      QueryRefund: unary(gateway.queryRefund),
      Settlement: stream(gateway.settlement),
      Return: unary(gateway.back),
      Probe: unary(gateway.probe)
    }
  }
})
