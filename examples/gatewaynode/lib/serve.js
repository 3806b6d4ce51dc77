// serve is all that a plugin needs besides the service of its kind: the handshake, AutoMTLS, the base service, health, the end.
// Nothing here knows of payments.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import grpc from '@grpc/grpc-js'
import loader from '@grpc/proto-loader'
import { certificate } from './certificate.js'
import * as log from './log.js'

const cookie = { key: 'ICMS_PLUGIN', value: '6f1c58ba-courts-eservices' }
const protocol = 1
const maxMessage = 4 << 20
const protos = process.env.ICMS_PROTO ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'proto')

// load reads a service from the .proto files beside the plugin.
export function load (file, service) {
  const definition = loader.loadSync(file, {
    includeDirs: [protos], longs: String, enums: String, bytes: Buffer, defaults: true, oneofs: true
  })
  return service.split('.').reduce((at, part) => at[part], grpc.loadPackageDefinition(definition)).service
}

// status makes an error that travels as a gRPC status: the call itself failed.
export const status = (code, details) => Object.assign(new Error(details), { code, details })

// serve runs the plugin until the host ends it. `about` is what Info says, `configure` takes the configuration and gives a list of
// problems, `kind` holds the service and its handlers: async functions of the call that give the response, or emit parts of a stream.
export async function serve ({ about, configure, kind }) {
  if (process.env[cookie.key] !== cookie.value) {
    process.stderr.write(`${about.name} is a plugin: it is started by a host, not by hand. See README.md.\n`)
    process.exit(1)
  }
  const plugin = new Plugin(about, configure)
  const server = new grpc.Server({ 'grpc.max_receive_message_length': maxMessage, 'grpc.max_send_message_length': maxMessage })
  const end = (code) => { plugin.clean(); process.exit(code) }
  plugin.end = end
  server.addService(load('icms/plugin/base/v1/base.proto', 'icms.plugin.base.v1.PluginService'), plugin.base())
  server.addService(kind.service, plugin.guard(kind.service, kind.handlers))
  for (const [service, handlers] of wellKnown(() => end(0))) server.addService(service, handlers)

  const tls = certificate()
  const client = process.env.PLUGIN_CLIENT_CERT
  if (!client) throw new Error('the host offers no certificate: PLUGIN_CLIENT_CERT is not set')
  const credentials = grpc.ServerCredentials.createSsl(
    Buffer.from(client), [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.pem) }], true)

  const socket = join(plugin.folder(), 's')
  await new Promise((resolve, reject) => server.bindAsync(`unix:${socket}`, credentials, (e) => e ? reject(e) : resolve()))
  // The life line: when the host is gone, however it went, its end of stdin closes.
  process.stdin.on('end', () => end(0)).on('error', () => end(0)).resume()
  process.on('SIGTERM', () => end(0))
  process.on('uncaughtException', (e) => { log.error('the plugin failed', { error: e.name, at: place(e) }); end(70) })
  process.stdout.write(`1|${protocol}|unix|${socket}|grpc|${tls.raw.toString('base64').replace(/=+$/, '')}\n`)
}

// place says where an error arose, without its message, which may hold what nobody should read.
const place = (e) => String(e?.stack ?? '').split('\n').filter((l) => l.trimStart().startsWith('at ')).slice(0, 5).map((l) => l.trim())

class Plugin {
  constructor (about, configure) {
    Object.assign(this, { about, configure, config: null, running: 0, draining: false, idle: [] })
  }

  folder () {
    this.made = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), 'p'))
    return this.made
  }

  clean () { if (this.made) rmSync(this.made, { recursive: true, force: true }) }

  // base gives the handlers of the base service.
  base () {
    const handlers = {
      Info: async () => this.about,
      Configure: async ({ request }) => ({ problems: await this.take(request.config) }),
      Health: async () => this.config ? { health: 'HEALTH_SERVING' } : { health: 'HEALTH_NOT_SERVING', detail: 'not configured' },
      Drain: async () => {
        this.draining = true
        if (this.running > 0) await new Promise((resolve) => this.idle.push(resolve))
        return {}
      }
    }
    return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, (call, done) => this.answer(handler, call, done)]))
  }

  async take (config) {
    if (this.config) {
      if (this.config.equals(config)) return []
      throw status(grpc.status.FAILED_PRECONDITION, 'configured already: a new configuration needs a new process')
    }
    const problems = await this.configure(config)
    if (problems.length === 0) this.config = config
    return problems
  }

  // guard lets calls of the kind through once there is a configuration, counts them, and keeps what goes wrong inside.
  guard (service, handlers) {
    const guarded = {}
    for (const [name, method] of Object.entries(service)) {
      const handler = async (call) => {
        if (this.draining) throw status(grpc.status.UNAVAILABLE, 'draining')
        if (!this.config && name !== 'Describe') throw status(grpc.status.FAILED_PRECONDITION, 'not configured')
        this.running++
        try {
          return await handlers[name](call)
        } finally {
          if (--this.running === 0) this.idle.splice(0).forEach((resolve) => resolve())
        }
      }
      guarded[name] = method.responseStream
        ? (call) => this.answer(handler, call, (e) => e ? call.emit('error', e) : call.end())
        : (call, done) => this.answer(handler, call, done)
    }
    return guarded
  }

  // answer runs a handler. What it did not mean to throw becomes INTERNAL without its words, and the process ends after the reply, so that
  // the host starts from a known state.
  async answer (handler, call, done) {
    try {
      done(null, await handler(call))
    } catch (e) {
      if (typeof e?.code === 'number' && e.details) return done(e)
      log.error('a call failed', { error: e?.name, at: place(e) })
      done(status(grpc.status.INTERNAL, 'the plugin failed; see its log'))
      setImmediate(() => setTimeout(() => this.end(70), 100))
    }
  }
}

// wellKnown are the services that every host of this family calls: health, the end, and the copy of stdout and stderr, which is empty here.
// Their messages are so small that their bytes are written out.
function wellKnown (end) {
  const nothing = Buffer.alloc(0)
  const method = (path, answer, responseStream = false) => ({
    path, requestStream: false, responseStream,
    requestSerialize: () => nothing, requestDeserialize: () => ({}),
    responseSerialize: () => answer, responseDeserialize: () => ({})
  })
  const serving = Buffer.from([0x08, 0x01])
  return [
    [{ Check: method('/grpc.health.v1.Health/Check', serving) }, { Check: (_, done) => done(null, {}) }],
    [{ Shutdown: method('/plugin.GRPCController/Shutdown', nothing) }, {
      Shutdown: (_, done) => { done(null, {}); setImmediate(() => setTimeout(end, 20)) }
    }],
    [{ StreamStdio: method('/plugin.GRPCStdio/StreamStdio', nothing, true) }, { StreamStdio: () => {} }]
  ]
}
