// What the company answers, in the words of the wire. A word that is not known becomes "unknown", never a guess.

import * as money from './money.js'
import * as time from './time.js'
import { declineOf, unknown } from './company.js'

const known = (prefix, words) => (word) => `${prefix}_${words.includes(word) ? word.toUpperCase().replaceAll('-', '_') : 'UNKNOWN'}`

export const stateOf = known('ATTEMPT_STATE', ['pending', 'processing', 'authorised', 'succeeded', 'failed', 'cancelled', 'expired'])
const operationOf = known('OPERATION_STATE', ['pending', 'succeeded', 'failed', 'review'])
const flows = { redirect: 'FLOW_REDIRECT', 'form-post': 'FLOW_FORM_POST', qr: 'FLOW_QR', 'deep-link': 'FLOW_DEEP_LINK' }
const disputes = { open: 'DISPUTE_STATE_OPEN', won: 'DISPUTE_STATE_WON', lost: 'DISPUTE_STATE_LOST' }
const kinds = {
  payment: 'SETTLEMENT_KIND_PAYMENT', refund: 'SETTLEMENT_KIND_REFUND', dispute: 'SETTLEMENT_KIND_DISPUTE',
  fee: 'SETTLEMENT_KIND_FEE', payout: 'SETTLEMENT_KIND_PAYOUT'
}

export class Answers {
  constructor (company, exponents) {
    this.company = company
    this.money = (text) => money.read(text, exponents)
  }

  // whole has a reader read an answer; one that can't be read leaves it open what happened.
  whole (reader) {
    try {
      return reader()
    } catch (e) {
      if (e instanceof RangeError || e instanceof TypeError) throw unknown('the answer can not be read')
      throw e
    }
  }

  snapshot (a) {
    return {
      found: true, state: stateOf(a.state), gatewayRef: a.id, final: a.final === true, decline: declineOf(a.decline),
      payments: (a.payments ?? []).map((p) => this.payment(p)),
      refunds: (a.refunds ?? []).map((r) => ({
        id: r.id, reference: r.reference, paymentId: r.paymentId, amount: this.money(r.amount), state: operationOf(r.state)
      })),
      disputes: (a.disputes ?? []).map((d) => ({
        id: d.id, paymentId: d.paymentId, amount: this.money(d.amount), state: disputes[d.state] ?? 'DISPUTE_STATE_UNSPECIFIED'
      })),
      expires: time.read(a.expiresAt), next: this.next(a)
    }
  }

  payment (p) {
    return { id: p.id, amount: this.money(p.amount), paidAt: time.read(p.paidAt), means: p.means, masked: p.masked, authorised: p.authorised === true }
  }

  next (a) {
    if (!a.next) return null
    const url = this.company.address(a.next.path)
    return {
      flow: flows[a.next.flow] ?? 'FLOW_UNSPECIFIED', url, fields: a.next.fields ?? {},
      code: a.next.flow === 'qr' ? url : '', expiresAt: time.read(a.expiresAt)
    }
  }

  operation ({ body, replay }) {
    return {
      state: operationOf(body.state), gatewayRef: body.id, amount: this.money(body.amount), replay,
      payments: (body.payments ?? []).map((p) => this.payment(p))
    }
  }

  line (l) {
    if (!kinds[l.kind]) throw new RangeError('a kind of line that is not known')
    return {
      id: l.id, kind: kinds[l.kind], paymentId: l.paymentId, reference: l.reference, valueDate: l.valueDate, batch: l.batch,
      gross: this.money(l.gross), fee: this.money(l.fee), net: this.money(l.net)
    }
  }
}
