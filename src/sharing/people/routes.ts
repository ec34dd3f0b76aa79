import { Hono } from 'hono'
import type { SignedInEnv } from '../../accounts/asking'

export const people = new Hono<SignedInEnv>()
