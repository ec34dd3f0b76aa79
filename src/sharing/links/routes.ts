import { Hono } from 'hono'
import type { SignedInEnv } from '../../accounts/asking'

export const links = new Hono<SignedInEnv>()
