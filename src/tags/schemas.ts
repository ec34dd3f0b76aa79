import * as z from 'zod/mini'
import { once } from '../lib/once'
import { MIN_SIDE, readBox } from './boxes'

// What the calls of this feature take.

const part = () => z.number().check(z.minimum(0), z.maximum(1))

/** Figures as JSON has them, no strings; where they lie together, `readBox` says. */
export const boxInput = once(() =>
  z
    .strictObject({ x: part(), y: part(), width: part(), height: part() })
    .check(z.refine((box) => readBox(box) !== null, `a box in the picture, each side at least ${MIN_SIDE}`)),
)
