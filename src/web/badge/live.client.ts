import { backOff } from '../../lib/backoff'

/** How a socket ended: by whom, or because nothing comes through. */
export type End = 'signed out' | 'crowded' | 'lost' | 'never opened'

/** What the server closes a socket with (src/messages/inbox.ts, whose module browser code cannot import). */
const CODES: Record<number, End> = { 4001: 'signed out', 4002: 'crowded' }

/** Milliseconds until a socket must be open, between two asks whether it still lives, and for the answer to one. */
const PATIENCE = { opening: 15_000, quiet: 45_000, answer: 5000 }

/** Seconds between two tries at most: as often the number is asked for where no socket comes through. */
const LONGEST = 60

/**
 * Listens to a person's inbox until the socket ends, or the signal does. A network that went away closes no socket by
 * itself: it is asked for a sign of life, at once where something suggests it.
 * @param hear told the number at once and whenever it changes
 */
export function listen(hear: (people: number) => void, signal: AbortSignal): Promise<End> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/inbox/live`)
    const ended = new AbortController()
    const within = { signal: ended.signal }
    let isOpen = false
    let deadline = setTimeout(() => finish('never opened'), PATIENCE.opening)

    function finish(end: End): void {
      ended.abort()
      clearTimeout(deadline)
      clearInterval(asking)
      socket.close()
      resolve(end)
    }
    function ask(): void {
      if (socket.readyState !== WebSocket.OPEN) return
      socket.send('ping')
      clearTimeout(deadline)
      deadline = setTimeout(() => finish('lost'), PATIENCE.answer)
    }

    const asking = setInterval(ask, PATIENCE.quiet)
    socket.addEventListener(
      'message',
      ({ data }) => {
        isOpen = true
        clearTimeout(deadline)
        if (data !== 'pong') hear(JSON.parse(data).people)
      },
      within,
    )
    const onClose = ({ code }: CloseEvent) => finish(CODES[code] ?? (isOpen ? 'lost' : 'never opened'))
    socket.addEventListener('close', onClose, within)
    for (const type of ['online', 'focus', 'pageshow']) addEventListener(type, ask, within)
    document.addEventListener('visibilitychange', ask, within)
    addEventListener('offline', () => finish('lost'), within)
    signal.addEventListener('abort', () => finish('lost'), within)
  })
}

/** Waits before try number `tries`, each time longer and never as long as other browsers; less where the network is back. */
export function pause(tries: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const most = Math.min(backOff(tries, 2), LONGEST)
  return new Promise((resolve) => {
    const waited = new AbortController()
    const go = () => {
      waited.abort()
      clearTimeout(timer)
      resolve()
    }
    // All were cut off together when a server restarts, and must not come back together.
    const timer = setTimeout(go, (0.25 + 0.75 * Math.random()) * most * 1000)
    addEventListener('online', go, { signal: waited.signal })
    document.addEventListener('visibilitychange', () => document.hidden || go(), { signal: waited.signal })
    signal.addEventListener('abort', go, { signal: waited.signal })
  })
}
