// The log goes to stderr, one JSON object a line, in the form that the host understands. stdout belongs to the handshake.

const write = (level, message, fields) => process.stderr.write(JSON.stringify({
  '@level': level, '@message': message, '@timestamp': new Date().toISOString(), ...fields
}) + '\n')

export const info = (message, fields) => write('info', message, fields)
export const error = (message, fields) => write('error', message, fields)
