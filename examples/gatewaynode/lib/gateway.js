// The gateway: each call of the wire as one call of the company's API. It keeps nothing between calls.

import { Answers, stateOf } from './answers.js'
import { Company, Trouble, invalid, unknown } from './company.js'
import * as money from './money.js'
import { reject } from './signature.js'
import * as time from './time.js'

// What was agreed with the company.
const keyWindow = 24 * 3600
const inFlight = 60
const maxMinor = 1_000_000_000_000n
const maxMessage = 256 << 10
const span = (seconds) => ({ seconds: String(seconds), nanos: 0 })
const flows = { FLOW_REDIRECT: 'redirect', FLOW_FORM_POST: 'form-post', FLOW_QR: 'qr', FLOW_DEEP_LINK: 'deep-link' }
const events = new Set([
  'session.processing', 'session.authorised', 'session.paid', 'session.captured', 'session.failed', 'session.cancelled', 'session.expired',
  'refund.pending', 'refund.review', 'refund.succeeded', 'refund.failed', 'dispute.open', 'dispute.won', 'dispute.lost'
])

const validReference = (r) => /^[A-Za-z0-9-]{1,25}$/.test(r)
const validKey = (k) => /^[A-Za-z0-9:-]{1,64}$/.test(k)
const validURL = (u) => u === '' || (u.length <= 2000 && /^https?:\/\/[^\s/]+/.test(u))

export class Gateway {
  // configure takes the configuration and gives everything that is wrong with it.
  configure (bytes) {
    const problems = []
    const bad = (path, text) => problems.push({ path, text })
    let c = null
    try {
      c = JSON.parse(bytes.toString('utf8'))
    } catch { /* told below */ }
    if (c === null || typeof c !== 'object' || Array.isArray(c)) return [{ path: '', text: 'give a JSON object' }]
    for (const name of Object.keys(c)) if (!['url', 'secrets', 'currencies', 'means'].includes(name)) bad('/' + name, 'is not known')
    if (typeof c.url !== 'string' || !c.url || !validURL(c.url) || !URL.canParse(c.url)) bad('/url', 'give the company\'s address, such as http://127.0.0.1:8080')
    if (!Array.isArray(c.secrets) || c.secrets.length === 0) bad('/secrets', 'give at least one')
    else c.secrets.forEach((s, i) => typeof s === 'string' && Buffer.byteLength(s) >= 16 ? 0 : bad(`/secrets/${i}`, 'give at least 16 bytes'))
    const currencies = Object.entries(c.currencies ?? {})
    if (currencies.length === 0) bad('/currencies', 'give the decimals of each currency, such as {"HKD": 2}')
    for (const [code, n] of currencies) {
      if (!/^[A-Z]{3}$/.test(code) || !Number.isInteger(n) || n < 0 || n > 4) bad('/currencies/' + code, 'give an ISO 4217 code and 0 to 4 decimals')
    }
    if (!Array.isArray(c.means) || c.means.length === 0 || c.means.some((m) => typeof m !== 'string' || !m)) bad('/means', 'give the means of payment, such as ["card"]')
    if (problems.length > 0) return problems
    this.terms = { currencies: c.currencies, means: c.means, secrets: c.secrets }
    this.company = new Company(c)
    this.answers = new Answers(this.company, c.currencies)
    return []
  }

  // describe says what the gateway can do. Before there is a configuration it declares what holds for every one.
  describe () {
    return {
      id: 'simpay-node', version: '1.0.0', means: this.terms?.means ?? [], flows: Object.keys(flows), currencies: Object.keys(this.terms?.currencies ?? {}),
      authCapture: true, partialCapture: true, refund: true, partialRefund: true, refundQuery: true, cancel: true,
      queryByReference: true, queryListsPayments: true, idempotency: 'IDEMPOTENCY_KEY', window: span(keyWindow), inFlight: span(inFlight),
      sessionMin: span(60), sessionMax: span(24 * 3600), notifies: true, disputes: true, settlement: true, referenceMax: 25,
      redirectHosts: this.company ? [this.company.base.host] : [], returns: true, probe: true
    }
  }

  async create (r, deadline) {
    this.checkCreate(r)
    const { body, replay } = await this.company.post('/v1/sessions', r.key, {
      reference: r.reference, amount: money.write(r.amount, this.terms.currencies), means: r.means || undefined, flow: flows[r.flow],
      authorise: r.authorise || undefined, description: r.description || undefined, returnUrl: r.returnUrl || undefined,
      cancelUrl: r.cancelUrl || undefined, notifyUrl: r.notifyUrl || undefined, expiresAt: time.write(r.expiresAt), locale: r.locale || undefined
    }, deadline)
    if (body.reference !== r.reference || !body.id) throw unknown('the answer is about another session')
    const s = this.answers.whole(() => this.answers.snapshot(body))
    return { state: s.state, gatewayRef: s.gatewayRef, next: s.next, payments: s.payments, replay }
  }

  checkCreate (r) {
    const { currencies, means } = this.terms
    const check = (ok, detail) => { if (!ok) throw invalid(detail) }
    check(validReference(r.reference), 'a reference has 1 to 25 letters, digits and hyphens')
    check(validKey(r.key), 'a key has 1 to 64 letters, digits, hyphens and colons')
    check(r.amount && BigInt(r.amount.minor) > 0n && BigInt(r.amount.minor) <= maxMinor, 'an amount is more than nothing, within the limit')
    check(r.amount.currency in currencies, `only ${Object.keys(currencies)} are taken`)
    check(!r.means || means.includes(r.means), `only ${means} are offered`)
    check(r.flow in flows, 'a flow is missing')
    check(Buffer.byteLength(r.description) <= 500, 'a description has at most 500 bytes')
    check([r.returnUrl, r.cancelUrl, r.notifyUrl].every(validURL), 'an address begins with http:// or https:// and has at most 2000 bytes')
    if (r.firstSent && Date.now() >= time.millis(r.firstSent) + keyWindow * 1000) {
      throw new Trouble({ class: 'NOT_ALLOWED', code: 'window_over', detail: 'the key was first sent so long ago that it may be forgotten' })
    }
  }

  async query (r, deadline) {
    const body = await this.find('/v1/sessions', r, deadline)
    return { snapshot: body ? this.answers.whole(() => this.answers.snapshot(body)) : { found: false } }
  }

  // find asks for a session or refund by our reference, or by the company's where that is empty. What is not there is null.
  async find (path, r, deadline) {
    if (!r.reference && !r.gatewayRef) throw invalid('neither reference is given')
    try {
      const { body } = await this.company.get(path, { reference: r.reference, id: r.gatewayRef }, deadline)
      if (r.reference ? body.reference !== r.reference : body.id !== r.gatewayRef) throw unknown('the answer is about something else')
      return body
    } catch (e) {
      if (e instanceof Trouble && e.error.code === 'not_found' && e.error.class === 'ERROR_CLASS_NOT_ALLOWED') return null
      throw e
    }
  }

  cancel (r, deadline) { return this.operate('/v1/sessions/cancel', r, undefined, deadline) }

  capture (r, deadline) {
    if (r.amount && BigInt(r.amount.minor) < 0n) throw invalid('no negative amount is captured')
    const all = !r.amount || BigInt(r.amount.minor) === 0n
    return this.operate('/v1/sessions/capture', r, all ? undefined : this.amount(r.amount), deadline)
  }

  async operate (path, r, amount, deadline) {
    if (!validKey(r.key) || (!r.reference && !r.gatewayRef)) throw invalid('a key of 1 to 64 characters and a reference are needed')
    const reply = await this.company.post(path, r.key, { reference: r.reference || undefined, id: r.gatewayRef || undefined, amount }, deadline)
    if (r.reference ? reply.body.reference !== r.reference : reply.body.id !== r.gatewayRef) throw unknown('the answer is about another session')
    return { operation: this.answers.whole(() => this.answers.operation(reply)) }
  }

  async refund (r, deadline) {
    if (!validReference(r.reference) || !validKey(r.key) || !r.paymentId) throw invalid('a reference, a key and the payment\'s id are needed')
    if (!r.amount || BigInt(r.amount.minor) <= 0n || Buffer.byteLength(r.reason) > 500) throw invalid('a refund is of more than nothing, with a reason of at most 500 bytes')
    const reply = await this.company.post('/v1/refunds', r.key, {
      reference: r.reference, attempt: r.attempt || undefined, paymentId: r.paymentId, amount: this.amount(r.amount),
      refundable: r.refundable ? this.amount(r.refundable) : undefined, reason: r.reason || undefined
    }, deadline)
    if (reply.body.reference !== r.reference) throw unknown('the answer is about another refund')
    return { operation: this.answers.whole(() => this.answers.operation(reply)) }
  }

  amount (a) {
    if (!(a.currency in this.terms.currencies)) throw invalid(`only ${Object.keys(this.terms.currencies)} are taken`)
    return money.write(a, this.terms.currencies)
  }

  async queryRefund (r, deadline) {
    const body = await this.find('/v1/refunds', r, deadline)
    if (!body) return { operation: { state: 'OPERATION_STATE_UNKNOWN' } }
    return { operation: this.answers.whole(() => this.answers.operation({ body, replay: false })) }
  }

  // settlement gives the lines of a date page by page.
  async * settlement (r, deadline) {
    if (!/^\d{4}-\d\d-\d\d$/.test(r.date)) throw invalid('a date is written 2006-01-02')
    for (let after = 0; ;) {
      const { body } = await this.company.get('/v1/settlement', { date: r.date, after: String(after) }, deadline)
      yield { lines: this.answers.whole(() => (body.lines ?? []).map((l) => this.answers.line(l))) }
      if (!body.next) return
      if (body.next <= after) throw unknown('the pages of the settlement go in a circle')
      after = body.next
    }
  }

  notification ({ message: m }) {
    const refuse = (why) => ({ verified: false, reject: 'REJECT_REASON_' + why, ack: { status: 400, contentType: 'text/plain', body: Buffer.from('no') } })
    if (m.body.length > maxMessage) return refuse('TOO_LARGE')
    const at = m.received ? Math.floor(time.millis(m.received) / 1000) : Math.floor(Date.now() / 1000)
    const values = m.header.filter((f) => f.name.toLowerCase() === 'simpay-signature').flatMap((f) => f.values)
    const why = reject(this.terms.secrets, values, m.body, at)
    if (why) return refuse(why)
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(m.body)
      const said = this.events(JSON.parse(text).events)
      return { verified: true, events: said, ack: { status: 200, contentType: 'text/plain', body: Buffer.from('ok') } }
    } catch (e) {
      if (e instanceof SyntaxError || e instanceof TypeError || e instanceof RangeError) return refuse('MALFORMED')
      throw e
    }
  }

  // events reads those that are known; a message with one that is wrong is wrong as a whole.
  events (all) {
    if (all.length === 0) throw new RangeError('no events')
    const out = []
    for (const e of all) {
      if (!e.id || !e.time) throw new RangeError('an event without id or time')
      if (!events.has(e.type) || !e.session) continue
      if (!validReference(e.reference) || e.session.reference !== e.reference) throw new RangeError('an event about something else')
      out.push({ id: e.id, time: time.read(e.time), reference: e.reference, snapshot: this.answers.snapshot(e.session) })
    }
    return out
  }

  // back reads the references that the company's page gives to a returning browser.
  back ({ message: m }) {
    const values = new URLSearchParams(m.path.split('?').slice(1).join('?'))
    const references = values.getAll('simpay_reference')
    if (references.length !== 1 || !validReference(references[0])) throw invalid('the address has no reference of the gateway\'s')
    return { reference: references[0], state: stateOf(values.get('simpay_state')) }
  }

  async probe (_, deadline) {
    const { body } = await this.company.get('/v1/health', {}, deadline)
    const skew = Math.round((Date.parse(body.time) - Date.now()) / 1000)
    return { ok: true, live: body.live === true, skew: span(skew), detail: 'simpay, a simulated company' }
  }
}
