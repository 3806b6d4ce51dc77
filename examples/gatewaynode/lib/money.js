// Money: the wire has the smallest unit and a currency, the company's API has "HKD 10.50". Nothing here is a floating-point number.

// write gives the company's text of an amount on the wire. The exponents say how many decimals a currency has.
export function write (amount, exponents) {
  const exponent = exponents[amount.currency]
  if (exponent === undefined) throw new RangeError('a currency that is not configured')
  const minor = BigInt(amount.minor)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const part = exponent ? '.' + digits.slice(-exponent) : ''
  return `${amount.currency} ${minor < 0n ? '-' : ''}${whole}${part}`
}

// read gives the amount of a text; what is not exactly an amount of a known currency is an error.
export function read (text, exponents) {
  const match = /^([A-Z]{3}) (-?)(\d{1,18})(?:\.(\d+))?$/.exec(text ?? '')
  const exponent = match && exponents[match[1]]
  if (exponent === undefined || exponent === null || (match[4] ?? '').length !== exponent) throw new RangeError('an amount that can not be read')
  const minor = BigInt(match[3] + (match[4] ?? ''))
  if (minor > 9223372036854775807n) throw new RangeError('an amount that can not be read')
  return { minor: (match[2] ? -minor : minor).toString(), currency: match[1] }
}
