// Instants: the wire has seconds and nanoseconds, the company's API has RFC 3339 in UTC.

export const write = (t) => {
  if (!t) return undefined
  const nanos = t.nanos ? '.' + String(t.nanos).padStart(9, '0').replace(/0+$/, '') : ''
  return new Date(Number(t.seconds) * 1000).toISOString().slice(0, 19) + nanos + 'Z'
}

export const read = (text) => {
  if (!text) return null
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text)
  const ms = match && Date.parse(match[1] + match[3])
  if (!match || Number.isNaN(ms)) throw new RangeError('an instant that can not be read')
  return { seconds: String(ms / 1000), nanos: Number((match[2] ?? '').padEnd(9, '0')) }
}

// millis gives an instant of the wire in milliseconds.
export const millis = (t) => Number(t.seconds) * 1000 + Math.floor(t.nanos / 1e6)
