// Makes the folder that is shipped and pinned: the plugin, its modules and the .proto files, and nothing else.
//
//	npm ci && npm run bundle        # into dist/

import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = process.argv[2] ?? join(here, 'dist')
const protos = process.env.ICMS_PROTO ?? join(here, '..', '..', 'plugins', 'proto')

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
for (const name of ['plugin.js', 'package.json', 'lib', 'node_modules']) cpSync(join(here, name), join(dist, name), { recursive: true, dereference: true })
for (const kind of ['base', 'gateway']) {
  const file = join('icms', 'plugin', kind, 'v1', `${kind}.proto`)
  cpSync(join(protos, file), join(dist, 'proto', file))
}
