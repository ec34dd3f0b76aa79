import { Hono } from 'hono'
import type { SignedInEnv } from '../../accounts/asking'

export const albums = new Hono<SignedInEnv>()
