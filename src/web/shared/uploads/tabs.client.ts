import { makePulse } from '../pulse.client'
import type { Desk, Engine } from './desk.client'
import { startEngine } from './engine.client'
import type { News, Wish } from './news.client'
import { type Gate, makeRow, type Row, type Target } from './rows.client'
import { dropRows, keepFile, keepRow, listRows, readFile, setKeeping } from './store.client'
import { takeTurns } from './turns.client'

interface Options {
  user: string
  maxBytes: number
  show(rows: Row[], gate: Gate): void
  /** Told of each row that becomes a photo, in every tab. */
  done(row: Row): void
}

/** Milliseconds between two words to other tabs, and until a tab that says nothing is passed over. */
const PACE = 200
const SILENCE = 5000

/** Milliseconds before a page is opened in which it may have been fetched already. */
const FETCHED = 2000

/**
 * One tray for all tabs of a browser: the tab that leads sends, the others show what it says and tell it what is wished.
 * When it goes, another goes on from what is kept.
 */
export function shareTray({ user, maxBytes, show, done }: Options) {
  const channel = new BroadcastChannel('uploads')
  const tell = (news: Omit<News, 'user'>) => channel.postMessage({ user, ...news })
  const rows = new Map<string, Row>()
  const wishes = new Map<string, Wish>()
  /** New files that are not in the store yet, and of this page those that have no room there. */
  const fresh = new Set<string>()
  /** What was chosen on this page: shown, whether it is kept or not. */
  const chosen = new Map<string, File>()
  let gate: Gate = 'open'
  let engine: Engine | null = null
  let heard = 0
  let isTelling = false

  function draw(): void {
    show([...rows.values()], gate)
    listen(!engine && isWaiting())
  }

  function tellAll(): void {
    draw()
    if (isTelling) return
    isTelling = true
    setTimeout(() => {
      isTelling = false
      if (engine) tell({ rows: [...rows.values()], gate })
    }, PACE)
  }

  const desk: Desk = {
    maxBytes,
    rows,
    show: tellAll,
    setGate(now: Gate) {
      gate = now
      tellAll()
    },
    keepRow: async (row: Row) => {
      if (rows.has(row.id)) await keepRow(row)
    },
    keepFile,
    readFile,
    done(row: Row) {
      done(row)
      tell({ done: row })
      tellAll()
    },
  }

  const turns = takeTurns(`uploads-${user}`, {
    begin,
    end() {
      engine = null
      draw()
    },
  })

  async function begin(signal: AbortSignal): Promise<void> {
    const kept = await listRows(user, Date.now()).catch(() => [])
    if (signal.aborted) return
    for (const row of kept) if (!fresh.has(row.id)) rows.set(row.id, row)
    gate = 'open'
    engine = startEngine(desk, signal)
    for (const wish of wishes.values()) grant(wish)
    engine.start([...rows.values()].filter(({ id }) => !fresh.has(id)))
    tellAll()
  }

  /** Does what a tab wishes, where this one leads. */
  function grant(wish: Wish): void {
    if (!engine) return
    if (wish.add) {
      const { file } = wish.add
      const row = rows.get(wish.add.row.id) ?? wish.add.row
      rows.set(row.id, row)
      engine.start([row], new Map([[row.id, file]]))
    }
    for (const id of wish.go ?? []) {
      const row = rows.get(id)
      if (row) engine.go(row)
    }
    const closed = (wish.close ?? []).flatMap((id) => rows.get(id) ?? [])
    for (const row of closed) {
      rows.delete(row.id)
      engine.cancel(row)
    }
    if (closed.length) {
      const gone = closed.map(({ id }) => id)
      void dropRows(gone)
      tell({ gone })
    }
    wishes.delete(wish.id)
    tell({ granted: wish.id })
    tellAll()
  }

  function wish(what: Omit<Wish, 'id'>): void {
    const made = { id: crypto.randomUUID(), ...what }
    wishes.set(made.id, made)
    if (engine) grant(made)
    else {
      tell({ wish: made })
      turns.stand()
    }
  }

  async function add(files: File[], album: Target | null): Promise<void> {
    const made = files.map((file, place) => ({ file, row: makeRow(file, { user, album, place }) }))
    for (const { row, file } of made) {
      chosen.set(row.id, file)
      rows.set(row.id, row)
      fresh.add(row.id)
    }
    draw()
    for (const { row, file } of made) {
      if (!rows.has(row.id)) continue // cancelled meanwhile
      await keepFile(row, file)
      wish({ add: { row, file } })
      if (row.kept) fresh.delete(row.id)
    }
  }

  channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.user !== user) return
    if (data.over) return setKeeping(false)
    if (data.arrives) keepAgain()
    if (data.granted) fresh.delete(wishes.get(data.granted)?.add?.row.id ?? '')
    wishes.delete(data.granted ?? '')
    if (engine) {
      if (data.wish) grant(data.wish)
      if (data.wants) tellAll()
      return
    }
    if (data.rows) {
      heard = Date.now()
      const told = new Set(data.rows.map(({ id }) => id))
      for (const id of rows.keys()) if (!told.has(id) && !fresh.has(id) && !isWished(id)) rows.delete(id)
      for (const row of data.rows) rows.set(row.id, row)
      gate = data.gate ?? 'open'
      draw()
    }
    for (const id of data.gone ?? []) {
      rows.delete(id)
      fresh.delete(id)
    }
    if (data.gone) draw()
    if (data.done) done(data.done)
  })

  const isWished = (id: string) => [...wishes.values()].some(({ add }) => add?.row.id === id)
  const isWaiting = () => [...rows.values()].some(({ state }) => state === 'waiting')

  /** Takes up what is kept: from another page, or from an app that shared it. */
  async function takeUp(): Promise<void> {
    const now = Date.now()
    const kept = await listRows(user, now).catch(() => [])
    for (const row of kept) if (!rows.has(row.id)) rows.set(row.id, row)
    draw()
    // What was done while this page was fetched may not be on it.
    for (const row of kept) if ((row.doneAt ?? 0) > performance.timeOrigin - FETCHED) done(row)
    if (isWaiting()) turns.stand()
    tell({ wants: true, arrives: true })
  }

  /** Whoever signed out and in again has it all still here. */
  function keepAgain(): void {
    if (setKeeping(true)) engine?.keepAll()
  }

  /** While something is to be sent by another tab. */
  const listen = makePulse(() => {
    if (Date.now() - heard < SILENCE) return
    // Some systems put tabs to sleep that lead.
    tell({ wants: true })
    setTimeout(() => {
      if (!engine && !document.hidden && isWaiting() && Date.now() - heard > SILENCE)
        turns.stand({ steal: true })
    }, SILENCE / 2)
  }, SILENCE)

  addEventListener('online', () => {
    for (const row of rows.values()) if (row.state === 'failed' && row.why === 'network') engine?.go(row)
    engine?.tryNow()
  })
  document.addEventListener('signed-in', keepAgain)
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => {
    tell({ over: true })
    setKeeping(false)
  })
  addEventListener('beforeunload', (event) => {
    const isLost = ({ id, state, kept }: Row) =>
      state === 'waiting' && !kept && (engine !== null || fresh.has(id))
    if ([...rows.values()].some(isLost)) event.preventDefault()
  })
  // A page that is kept for Back leads no more; it comes back with what is there then.
  addEventListener('pagehide', () => turns.stop())
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    rows.clear()
    void takeUp()
  })
  void takeUp()

  return {
    add: (files: File[], album: Target | null) => void add(files, album),
    go: (ids: string[]) => wish({ go: ids }),
    close(ids: string[]): void {
      for (const id of ids) {
        if (!engine) rows.delete(id)
        fresh.delete(id)
        chosen.delete(id)
      }
      wish({ close: ids })
      draw()
    },
    readFile: async (id: string) => chosen.get(id) ?? readFile(id),
  }
}
