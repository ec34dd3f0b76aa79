import { listen, pause } from './live.client'

/** What the tabs of a browser tell each other: whose they are, and what they know or want to know. */
interface News {
  user: string
  people?: number
  /** The session is over. */
  over?: boolean
  /** A tab wants the number. */
  wants?: boolean
}

/** Milliseconds for the tab that leads to answer another one: some systems put tabs to sleep that hold a lock. */
const ANSWER = 2000

/**
 * Shows a person's number in all tabs of the browser by one socket: one tab leads, has the socket and tells the others;
 * when it goes, another one does. What is shown is what the socket said last, and never an answer that was asked for
 * meanwhile: the server pushes what differs from its own last word. Without a socket the number is asked for.
 * @param show given the number, null when the session is over
 */
export function shareInbox(user: string, show: (people: number | null) => void): void {
  const channel = new BroadcastChannel('inbox')
  const tell = (news: Omit<News, 'user'>) => channel.postMessage({ user, ...news })
  let running: AbortController | null = null
  /** While this tab leads. One that was passed over may still be waiting for something when it leads again. */
  let leading: AbortSignal | null = null
  let isConnected = false
  let people: number | null = null
  let answered = 0

  function learn(now: number | null): void {
    people = now
    show(now)
  }

  function hear(now: number): void {
    isConnected = true
    learn(now)
    tell({ people: now })
  }

  function start(): void {
    if (running) return
    running = new AbortController()
    void stand(running.signal)
  }

  function end(): void {
    running?.abort()
    running = null
    learn(null)
  }

  /** Leads once no other tab does; one that is asleep is passed over with `steal`. */
  async function stand(signal: AbortSignal, steal = false): Promise<void> {
    const reign = new AbortController()
    const stop = () => reign.abort()
    signal.addEventListener('abort', stop)
    if (!('locks' in navigator)) return lead(reign.signal)
    const options = steal ? { steal } : { signal }
    try {
      await navigator.locks.request(`inbox-${user}`, options, () => lead(reign.signal))
    } catch {
      stop() // it was passed over, or its turn never came
      if (!signal.aborted) void stand(signal)
    }
  }

  async function lead(signal: AbortSignal): Promise<void> {
    leading = signal
    for (let tries = 1; !signal.aborted; tries++) {
      const how = await listen(hear, signal)
      if (signal.aborted) break
      isConnected = false
      if (how === 'signed out') return finish()
      if (how === 'lost') tries = 1
      if (how === 'crowded') tries = 6 // other devices are at it: their turn
      await ask()
      await pause(tries, signal)
    }
    if (leading !== signal) return
    leading = null
    isConnected = false
  }

  /** For this tab and all others. */
  function finish(): void {
    leading = null
    tell({ over: true })
    end()
  }

  async function ask(): Promise<void> {
    const response = await fetch('/api/inbox/unread').catch(() => null)
    if (response?.status === 401) return finish()
    const body: { people: number } | null = response?.ok ? await response.json().catch(() => null) : null
    if (!body || !running || isConnected) return
    learn(body.people)
    tell(body)
  }

  /** Gives the other tabs what this one knows, where it leads. */
  function answer(): void {
    if (!leading) return
    if (!isConnected) void ask()
    else if (people !== null) tell({ people })
  }

  /** Wants the number from the tab that leads, or leads. */
  function want(): void {
    const signal = running?.signal
    if (leading) answer()
    if (!signal || leading) return
    const since = answered
    tell({ wants: true })
    setTimeout(() => {
      if (answered === since && !leading && !signal.aborted && !document.hidden) void stand(signal, true)
    }, ANSWER)
  }

  channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.user !== user || data.over) return end()
    start()
    if (data.people !== undefined) {
      answered++
      learn(data.people)
    }
    if (data.wants) answer()
  })
  document.addEventListener('visibilitychange', () => document.hidden || want())
  document.addEventListener('inbox-opened', want)
  document.addEventListener('signed-in', start)
  // The server closes the socket too; but first the next tab would take its turn, and be refused.
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', finish)
  // A page that is kept for Back has no socket; it comes back with a new one.
  addEventListener('pagehide', () => {
    running?.abort()
    running = null
  })
  addEventListener('pageshow', ({ persisted }) => persisted && start())
  start()
  want()
}
