import assert from 'node:assert/strict'
import http from 'node:http'
import net from 'node:net'
import test from 'node:test'
import { Company, Trouble } from '../lib/company.js'

// listen starts a server on loopback that ends with the test.
async function listen (t, server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => { server.closeAllConnections?.(); server.close() })
  return new Company({ url: `http://127.0.0.1:${server.address().port}/api`, secrets: ['a secret of the company'] })
}

const soon = () => Date.now() + 10_000

const trouble = async (promise) => {
  try {
    await promise
  } catch (e) {
    assert.ok(e instanceof Trouble, e)
    return e.error
  }
  assert.fail('no trouble')
}

test('an answer is read, with what is sent', async (t) => {
  const company = await listen(t, http.createServer((request, reply) => {
    assert.equal(request.url, '/api/v1/sessions')
    assert.equal(request.headers['simpay-key'], 'key-1')
    reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'simpay-replay': 'true' }).end('{"id":"7"}')
  }))
  assert.deepEqual(await company.post('/v1/sessions', 'key-1', {}, soon()), { body: { id: '7' }, replay: true })
})

test('what goes wrong has its class', async (t) => {
  let answer
  const company = await listen(t, http.createServer((_, reply) => answer(reply)))
  const json = (status, body, more) => (reply) => reply.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body))
  for (const [name, how, sent] of [
    ['INVALID', json(400, { error: { code: 'invalid_request' } }), true],
    ['CONFLICT', json(409, { error: { code: 'key_reused' } }), true],
    ['UNKNOWN', json(400, { error: { code: 'of_tomorrow' } }), true],
    ['UNKNOWN', json(400, { error: { code: 'constructor' } }), true],
    ['UNKNOWN', json(500, { error: { code: 'declined' } }), true],
    ['UNKNOWN', json(302, {}), true],
    ['THROTTLED', json(429, {}, { 'retry-after': '7' }), true],
    ['UNKNOWN', (reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), true],
    ['UNKNOWN', (reply) => reply.writeHead(200, { 'content-type': 'application/json' }).end('{"id":'), true],
    ['UNKNOWN', (reply) => reply.destroy(), true],
    ['UNKNOWN', (reply) => { reply.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{'); reply.destroy() }, true]
  ]) {
    answer = how
    const e = await trouble(company.get('/v1/sessions', {}, soon()))
    assert.equal(e.class, 'ERROR_CLASS_' + name, String(how))
    assert.equal(e.sent, sent, String(how))
  }
})

test('a decline has its reason', async (t) => {
  const company = await listen(t, http.createServer((_, reply) => {
    reply.writeHead(402, { 'content-type': 'application/json' }).end('{"error":{"code":"declined","decline":"over_limit"}}')
  }))
  assert.equal((await trouble(company.get('/', {}, soon()))).decline, 'DECLINE_LIMIT')
})

test('what never left is unavailable, what hangs is unknown', async (t) => {
  const gone = new Company({ url: 'http://127.0.0.1:1', secrets: ['a secret of the company'] })
  assert.deepEqual((({ class: c, sent }) => ({ c, sent }))(await trouble(gone.get('/', {}, soon()))), { c: 'ERROR_CLASS_UNAVAILABLE', sent: false })
  const silent = await listen(t, net.createServer((socket) => socket.on('error', () => {}).resume()))
  const e = await trouble(silent.get('/', {}, Date.now() + 150))
  assert.equal(e.class, 'ERROR_CLASS_UNKNOWN')
  assert.ok(e.sent)
  assert.equal((await trouble(silent.get('/', {}, Date.now() - 1))).sent, false)
})
