// Notifications are verified before they are parsed: "t=<second>,v1=<hmac of second.body>", by any of the secrets.

import { createHmac, timingSafeEqual } from 'node:crypto'

const tolerance = 300
const maxSignatures = 8

// reject says why a message is not the company's or not fresh; '' when it is both. `at` is the second at which it came in.
export function reject (secrets, values, body, at) {
  const signature = values.length === 1 && parse(values[0])
  if (!signature) return 'UNSIGNED'
  let one = false
  for (const secret of secrets) {
    const want = createHmac('sha256', secret).update(signature.stamp + '.').update(body).digest()
    for (const have of signature.macs) if (have.length === want.length && timingSafeEqual(have, want)) one = true
  }
  if (!one) return 'FORGED'
  if (!/^\d{1,12}$/.test(signature.stamp)) return 'MALFORMED'
  const second = Number(signature.stamp)
  if (second < at - tolerance) return 'STALE'
  return second > at + tolerance ? 'FUTURE' : ''
}

function parse (value) {
  let stamp = ''
  const macs = []
  for (const field of value.split(',')) {
    const [, name, text] = /^\s*([^=]*)=?(.*?)\s*$/s.exec(field)
    if (name === 't') {
      if (stamp || !text) return null
      stamp = text
    } else if (name === 'v1') {
      if (!/^([0-9a-fA-F]{2})+$/.test(text) || macs.length === maxSignatures) return null
      macs.push(Buffer.from(text, 'hex'))
    }
  }
  return stamp && macs.length ? { stamp, macs } : null
}
