import { vi } from 'vitest'
import { startAfresh } from './afresh'

// Before each file: it shares the runtime with others, and stands on nothing of theirs.
vi.useRealTimers()
await startAfresh()
