// The local runtime that wrangler brings along, in wrangler's own version.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.resolve('wrangler'))
export const { convertV4MiniflareOptions, Miniflare, Response } = require('miniflare')
