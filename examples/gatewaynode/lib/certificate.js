// A certificate for one run of the plugin, made from nothing: the host trusts it because it stands in the handshake.
// Node can make keys and signatures but no certificates, so the few bytes of X.509 around them are written here.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const der = (tag, ...parts) => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

const length = (n) => {
  if (n < 0x80) return Buffer.from([n])
  return n < 0x100 ? Buffer.from([0x81, n]) : Buffer.from([0x82, n >> 8, n & 0xff])
}

const sequence = (...parts) => der(0x30, ...parts)
const set = (...parts) => der(0x31, ...parts)
const oid = (hex) => der(0x06, Buffer.from(hex, 'hex'))
const bool = (v) => der(0x01, Buffer.from([v ? 0xff : 0x00]))
const bits = (unused, bytes) => der(0x03, Buffer.from([unused]), bytes)
const octets = (bytes) => der(0x04, bytes)
const time = (date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, ''), 'ascii'))

const ecdsaWithSHA256 = sequence(oid('2a8648ce3d040302'))

const name = (commonName) => sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))))

const extension = (id, critical, value) => sequence(oid(id), ...(critical ? [bool(true)] : []), octets(value))

const extensions = () =>
  der(0xa3, sequence(
    extension('551d13', true, sequence(bool(true))), // basic constraints: an authority, of itself alone
    extension('551d0f', true, bits(2, Buffer.from([0x84]))), // key usage: signatures and certificates
    extension('551d25', false, sequence(oid('2b06010505070301'), oid('2b06010505070302'))), // server and client
    extension('551d11', false, sequence(der(0x82, Buffer.from('localhost')))) // the name by which the host asks
  ))

// certificate makes a key and a self-signed certificate for "localhost". Its lifetime covers clocks that differ.
export function certificate (now = new Date()) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const serial = randomBytes(16)
  serial[0] = (serial[0] & 0x3f) | 0x40 // positive and never zero
  const day = 24 * 3600 * 1000
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, serial),
    ecdsaWithSHA256,
    name('localhost'),
    sequence(time(new Date(now - day)), time(new Date(+now + 3650 * day))),
    name('localhost'),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions()
  )
  const raw = sequence(body, ecdsaWithSHA256, bits(0, sign('sha256', body, privateKey)))
  const pem = raw.toString('base64').match(/.{1,64}/g).join('\n')
  return {
    raw,
    pem: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' })
  }
}
