import assert from 'node:assert/strict'
import { X509Certificate, createHmac } from 'node:crypto'
import test from 'node:test'
import { certificate } from '../lib/certificate.js'
import * as money from '../lib/money.js'
import { reject } from '../lib/signature.js'
import * as time from '../lib/time.js'

const exponents = { HKD: 2, JPY: 0 }

test('amounts are read and written exactly', () => {
  for (const [text, minor, currency] of [
    ['HKD 10.50', '1050', 'HKD'], ['HKD 0.01', '1', 'HKD'], ['HKD -0.05', '-5', 'HKD'], ['JPY 1005', '1005', 'JPY'],
    ['HKD 90071992547409.93', '9007199254740993', 'HKD'] // one more than a floating-point number can tell apart
  ]) {
    assert.deepEqual(money.read(text, exponents), { minor, currency })
    assert.equal(money.write({ minor, currency }, exponents), text)
  }
  for (const junk of ['HKD 10.5', 'HKD 10', 'HKD 10.505', 'EUR 1.00', 'HKD 1e3', 'HKD  1.00', '10.50', '', null, 'JPY 1.0', 'HKD 99999999999999999999.00']) {
    assert.throws(() => money.read(junk, exponents), RangeError, String(junk))
  }
})

test('instants are read and written exactly', () => {
  assert.deepEqual(time.read('2031-05-06T12:00:00.5+08:00'), { seconds: '1935806400', nanos: 500000000 })
  assert.equal(time.write(time.read('2031-05-06T04:00:00.000000001Z')), '2031-05-06T04:00:00.000000001Z')
  assert.equal(time.read(''), null)
  assert.throws(() => time.read('yesterday'), RangeError)
})

test('a certificate stands by itself', () => {
  const { pem, key, raw } = certificate(new Date('2031-05-06T12:00:00Z'))
  const c = new X509Certificate(pem)
  assert.ok(c.verify(c.publicKey))
  assert.ok(c.ca)
  assert.equal(c.subjectAltName, 'DNS:localhost')
  assert.ok(key.includes('PRIVATE KEY'))
  assert.deepEqual(c.raw, raw)
  assert.notEqual(certificate().raw.toString('hex'), certificate().raw.toString('hex'))
})

test('only what is signed and fresh is taken', () => {
  const body = Buffer.from('{"events":[]}')
  const sign = (secret, t) => `t=${t},v1=${createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')}`
  const secrets = ['the first secret of two', 'the second secret of two']
  const now = 1_900_000_000
  assert.equal(reject(secrets, [sign(secrets[1], now)], body, now), '')
  assert.equal(reject(secrets, [sign('another secret', now)], body, now), 'FORGED')
  assert.equal(reject(secrets, [sign(secrets[0], now)], Buffer.from('{}'), now), 'FORGED')
  assert.equal(reject(secrets, [sign(secrets[0], now - 301)], body, now), 'STALE')
  assert.equal(reject(secrets, [sign(secrets[0], now + 301)], body, now), 'FUTURE')
  assert.equal(reject(secrets, [sign(secrets[0], now - 300)], body, now), '')
  for (const none of [[], [''], ['v1=00'], ['t=1'], [sign(secrets[0], now), sign(secrets[0], now)], [`t=1,t=2,v1=00`]]) {
    assert.equal(reject(secrets, none, body, now), 'UNSIGNED')
  }
})
