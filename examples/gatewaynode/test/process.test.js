import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import grpc from '@grpc/grpc-js'
import { certificate } from '../lib/certificate.js'

const here = fileURLToPath(new URL('..', import.meta.url))
process.env.ICMS_PROTO ??= join(here, '..', '..', 'plugins', 'proto')
const { load } = await import('../lib/serve.js')

// start runs the plugin as a host does and gives a client of a service, and how it ends.
async function start (t, cookie = '6f1c58ba-courts-eservices') {
  const host = certificate()
  const folder = mkdtempSync(join(tmpdir(), 'n'))
  const child = spawn(process.execPath, [join(here, 'plugin.js')], {
    env: { ICMS_PLUGIN: cookie, ICMS_PROTO: process.env.ICMS_PROTO, PLUGIN_CLIENT_CERT: host.pem, PLUGIN_UNIX_SOCKET_DIR: folder },
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)))
  t.after(async () => { child.kill('SIGKILL'); await ended; rmSync(folder, { recursive: true, force: true }) })
  if (cookie !== '6f1c58ba-courts-eservices') return { ended }
  const line = await new Promise((resolve) => createInterface(child.stdout).once('line', resolve))
  const [core, version, network, address, kind, raw] = line.split('|')
  assert.deepEqual([core, version, network, kind], ['1', '1', 'unix', 'grpc'])
  const server = new X509Certificate(Buffer.from(raw, 'base64')).toString()
  const dial = (credentials) => (file, name) => {
    const Client = grpc.makeGenericClientConstructor(load(file, name), name)
    const client = new Client('unix:' + address, credentials, { 'grpc.ssl_target_name_override': 'localhost' })
    t.after(() => client.close())
    return (method, request) => new Promise((resolve, reject) =>
      client[method](request, { deadline: Date.now() + 10_000 }, (e, r) => e ? reject(e) : resolve(r)))
  }
  const mine = grpc.credentials.createSsl(Buffer.from(server), Buffer.from(host.key), Buffer.from(host.pem))
  const other = certificate()
  const strange = grpc.credentials.createSsl(Buffer.from(server), Buffer.from(other.key), Buffer.from(other.pem))
  return { child, ended, address, client: dial(mine), stranger: dial(strange) }
}

const base = ['icms/plugin/base/v1/base.proto', 'icms.plugin.base.v1.PluginService']
const gateway = ['icms/plugin/gateway/v1/gateway.proto', 'icms.plugin.gateway.v1.GatewayService']
const config = (c) => ({ config: Buffer.from(JSON.stringify(c)) })

test('by hand it explains itself', async (t) => {
  assert.equal(await (await start(t, 'none')).ended, 1)
})

test('a whole life, to the end of the life line', async (t) => {
  const plugin = await start(t)
  const call = plugin.client(...base)
  const pay = plugin.client(...gateway)
  assert.equal((await call('Info', {})).kind, 'KIND_GATEWAY')
  assert.equal((await pay('Describe', {})).id, 'simpay-node')
  await assert.rejects(pay('Query', { reference: 'r1' }), { code: grpc.status.FAILED_PRECONDITION })
  const { problems } = await call('Configure', config({ url: 'ftp://x', secrets: ['short'], colour: 'red' }))
  assert.deepEqual(problems.map((p) => p.path), ['/colour', '/url', '/secrets/0', '/currencies', '/means'])
  const good = { url: 'http://127.0.0.1:1', secrets: ['a secret of the company'], currencies: { HKD: 2 }, means: ['card'] }
  assert.deepEqual((await call('Configure', config(good))).problems, [])
  await assert.rejects(call('Configure', config({ ...good, means: ['fps'] })), { code: grpc.status.FAILED_PRECONDITION })
  const reply = await pay('Query', { reference: 'r1' })
  assert.equal(reply.error.class, 'ERROR_CLASS_UNAVAILABLE')
  assert.equal((await call('Health', {})).health, 'HEALTH_SERVING')
  await call('Drain', {})
  await assert.rejects(pay('Query', { reference: 'r1' }), { code: grpc.status.UNAVAILABLE })
  plugin.child.stdin.end()
  assert.equal(await plugin.ended, 0)
  assert.ok(!existsSync(plugin.address), 'the socket is gone')
})

test('a stranger with another certificate is not heard', async (t) => {
  const plugin = await start(t)
  await assert.rejects(plugin.stranger(...base)('Info', {}))
  assert.equal((await plugin.client(...base)('Info', {})).name, 'gatewaynode')
})
