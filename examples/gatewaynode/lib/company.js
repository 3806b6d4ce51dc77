// The company's API over HTTP: one request, once, and what its answer means. It never sends twice by itself.

import http from 'node:http'
import https from 'node:https'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHmac } from 'node:crypto'

// given holds the AbortSignal of the call that is running: a request ends when the host gives the call up.
export const given = new AsyncLocalStorage()

const maxReply = 1 << 20
const agent = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }

// classes says what the company's codes mean to the host. A code that is not here may mean anything, so that what happened is unknown.
const classes = {
  invalid_request: 'INVALID', means_not_taken: 'INVALID', currency_not_taken: 'INVALID',
  unauthorised: 'CONFIG', declined: 'DECLINED', key_reused: 'CONFLICT',
  reference_used: 'NOT_ALLOWED', state_forbids: 'NOT_ALLOWED', more_than_authorised: 'NOT_ALLOWED',
  more_than_refundable: 'NOT_ALLOWED', refundable_differs: 'NOT_ALLOWED', disputed: 'NOT_ALLOWED',
  window_over: 'NOT_ALLOWED', too_many_refunds: 'NOT_ALLOWED', not_found: 'NOT_ALLOWED'
}

const declines = {
  insufficient_funds: 'INSUFFICIENT', over_limit: 'LIMIT', card_expired: 'EXPIRED', authentication_failed: 'AUTHENTICATION',
  suspected_fraud: 'SUSPECTED', account_on_hold: 'ON_HOLD', account_closed: 'CLOSED'
}

// declineOf reads the company's word for a decline; one that is not known is OTHER.
export const declineOf = (code) => code ? 'DECLINE_' + (declines[code] ?? 'OTHER') : 'DECLINE_UNSPECIFIED'

// Trouble is what went wrong, in the words of the wire.
export class Trouble extends Error {
  constructor (error) {
    super(error.class)
    this.error = { code: '', detail: '', sent: false, ...error, class: 'ERROR_CLASS_' + error.class }
  }
}

export const invalid = (detail) => new Trouble({ class: 'INVALID', detail })
export const unknown = (detail) => new Trouble({ class: 'UNKNOWN', detail, sent: true })
const unsent = (detail) => new Trouble({ class: 'UNAVAILABLE', detail })

export class Company {
  constructor ({ url, secrets }) {
    this.base = new URL(url)
    this.prefix = this.base.pathname.replace(/\/$/, '')
    this.bearer = 'Bearer ' + createHmac('sha256', secrets[0]).update('simpay.api').digest('hex')
  }

  // address completes a path of the company's pages.
  address (path) { return this.base.origin + this.prefix + path }

  get (path, query, deadline) {
    const text = new URLSearchParams(Object.entries(query ?? {}).filter(([, v]) => v !== '')).toString()
    return this.call('GET', path + (text ? '?' + text : ''), undefined, undefined, deadline)
  }

  post (path, key, body, deadline) { return this.call('POST', path, key, JSON.stringify(body), deadline) }

  // call gives { body, replay }, or throws a Trouble.
  async call (method, path, key, body, deadline) {
    const wait = deadline - Date.now()
    if (wait <= 0) throw unsent('the call was over before it began')
    const reply = await this.send(method, path, key, body, wait)
    return { body: read(reply), replay: reply.headers['simpay-replay'] === 'true' }
  }

  // send sends one request and gives the whole reply. A request that fails before its connection stood was certainly not sent.
  send (method, path, key, body, wait) {
    return new Promise((resolve, reject) => {
      const headers = { authorization: this.bearer, accept: 'application/json' }
      if (body !== undefined) Object.assign(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'simpay-key': key })
      const secure = this.base.protocol === 'https:'
      const request = (secure ? https : http).request(this.address(path), { method, headers, agent: agent[this.base.protocol], signal: given.getStore() })
      let stood = false
      const fail = () => { reject(stood ? unknown('no whole answer came') : unsent('no connection could be made')); request.destroy() }
      const clock = setTimeout(fail, wait)
      request.on('socket', (socket) => {
        if (!socket.connecting && (!secure || socket.authorized)) stood = true
        else socket.once(secure ? 'secureConnect' : 'connect', () => { stood = true })
      })
      request.on('error', fail)
      request.on('close', () => clearTimeout(clock))
      request.on('response', (response) => {
        const parts = []
        let size = 0
        response.on('data', (part) => { parts.push(part); size += part.length; if (size > maxReply) fail() })
        response.on('aborted', fail).on('error', fail)
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts) }))
      })
      request.end(body)
    })
  }
}

// read gives the JSON of a reply, or throws what it says.
function read (reply) {
  if (reply.status === 429) {
    const seconds = Math.min(Number.parseInt(reply.headers['retry-after'] ?? '0', 10) || 0, 86400)
    throw new Trouble({ class: 'THROTTLED', code: 'throttled', sent: true, retryAfter: seconds > 0 ? { seconds: String(seconds), nanos: 0 } : null })
  }
  if (!/^application\/json\s*(;|$)/i.test(reply.headers['content-type'] ?? '')) throw unknown(`the answer with status ${reply.status} is not JSON`)
  let body
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(reply.text))
  } catch {
    throw unknown(`the answer with status ${reply.status} can not be read`)
  }
  if (reply.status === 200 && body !== null && typeof body === 'object') return body
  throw refusal(reply.status, body?.error)
}

// refusal reads what the company says is wrong. A status of 500 or more leaves it open what happened, whatever it says.
function refusal (status, said) {
  if (status < 400 || status > 499 || typeof said !== 'object' || said === null) return unknown(`the answer has the status ${status}`)
  const name = Object.hasOwn(classes, said.code) ? classes[said.code] : 'UNKNOWN'
  return new Trouble({
    class: name, sent: true, code: String(said.code ?? '').slice(0, 40), detail: String(said.detail ?? '').slice(0, 200),
    decline: name === 'DECLINED' ? declineOf(said.decline || 'other') : 'DECLINE_UNSPECIFIED'
  })
}
