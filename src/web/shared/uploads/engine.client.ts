import { backOff } from '../../../lib/backoff'
import { callApi, isSignedOut, Refusal } from '../api.client'
import { whenSignedIn } from '../session.client'
import type { Desk, Engine } from './desk.client'
import { inspectFile, readHead } from './file-types.client'
import { fitFile } from './fit.client'
import type { Gate, Row } from './rows.client'
import { makeStandIn } from './stand-in.client'
import { isPassing, Lost, mayPassLater } from './stops.client'
import { refuseTwin } from './twins.client'
import { forget, sendFile } from './upload.client'

/** More at once would only make each of them slower. */
const AT_ONCE = 3

/** Tries of one row that fail for the same passing reason before the person is asked to look. */
const TRIES = 6

/** Longest wait between two tries, in seconds. */
const LONGEST = 60

/** Sends what is in the tray, at most three files at once; stops with the signal and can then go on in another tab. */
export function startEngine(desk: Desk, signal: AbortSignal): Engine {
  const files = new Map<string, File>()
  const running = new Map<string, AbortController>()
  /** Whose files are here: a new one may still be on its way to the store. */
  const known = new Set<string>()
  const looking = new Set<string>()
  const tries = new Map<string, number>()
  let gate: Gate = 'open'
  let lost = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    for (const cancel of running.values()) cancel.abort()
  })

  function setGate(now: Gate): void {
    gate = now
    desk.setGate(now)
    if (now === 'open') startNext()
  }

  function startNext(): void {
    for (const row of desk.rows.values()) {
      if (running.size >= AT_ONCE || gate !== 'open' || signal.aborted) return
      const isReady = known.has(row.id) && !looking.has(row.id) && !running.has(row.id)
      if (row.state === 'waiting' && isReady) void run(row)
    }
  }

  async function run(row: Row): Promise<void> {
    const cancel = new AbortController()
    running.set(row.id, cancel)
    try {
      await finish(row, cancel.signal)
    } catch (thrown) {
      if (!cancel.signal.aborted) await stop(row, thrown)
      else if (!desk.rows.has(row.id)) await forget(row) // cancelled while the server prepared it
    } finally {
      row.step = null
      row.share = 0
      if (running.get(row.id) === cancel) running.delete(row.id)
      if (!signal.aborted) {
        desk.show()
        startNext()
      }
    }
  }

  /** @throws Refusal */
  async function finish(row: Row, cancelled: AbortSignal): Promise<void> {
    const keep = () => desk.keepRow(row)
    if (!row.photo) {
      step(row, 'starting')
      const file = await readyFile(row)
      const isNew = !row.anyway && !row.prepared
      if (isNew) await refuseTwin(row, { file, rows: desk.rows.values() })
      const sent = (share: number) => step(row, 'sending', share)
      row.photo = await sendFile(row, file, {
        standIn: makeStandIn(file),
        signal: cancelled,
        keep,
        sent,
        checking: () => step(row, 'checking'),
      })
      await keep()
    }
    if (cancelled.aborted) return
    if (row.album) {
      await callApi('PUT', `/api/albums/${row.album.id}/photos/${row.photo.id}`).catch((thrown) => {
        if (isSignedOut(thrown) || isPassing(thrown)) throw thrown
        throw new Lost('not_in_album')
      })
    }
    lost = 0
    row.state = 'done'
    row.doneAt = Date.now()
    files.delete(row.id)
    await keep()
    desk.done(row)
  }

  function step(row: Row, now: Row['step'], share = row.share): void {
    row.step = now
    row.share = share
    if (!signal.aborted) desk.show()
  }

  /** What is sent: the file itself, or a copy that fits. @throws Refusal, Lost */
  async function readyFile(row: Row): Promise<File> {
    const file = await fileOf(row)
    const ready = await fitFile(file, {
      maxBytes: desk.maxBytes,
      smaller: row.smaller,
      converting: () => step(row, 'converting'),
    })
    if (!ready.isCopy) return ready.file
    Object.assign(row, { smaller: false, bytes: ready.file.size, name: ready.file.name })
    files.set(row.id, ready.file)
    if (desk.rows.has(row.id)) await desk.keepFile(row, ready.file)
    return ready.file
  }

  /** @throws Refusal `unreadable` */
  async function fileOf(row: Row): Promise<File> {
    // What was chosen on this page can be read after the store is emptied; what came from there cannot.
    const file = files.get(row.id) ?? (await desk.readFile(row.id).then((kept) => files.get(row.id) ?? kept))
    if (!file) throw new Refusal('unreadable')
    files.set(row.id, file)
    return file
  }

  /** Says why a row does not go on, or lets it wait until it can. */
  async function stop(row: Row, thrown: unknown): Promise<void> {
    if (isSignedOut(thrown)) return waitForSession()
    if (isPassing(thrown)) {
      const isThere = await fileOf(row)
        .then(readHead)
        .then(Boolean)
        .catch(() => false)
      const count = (tries.get(row.id) ?? 0) + 1
      tries.set(row.id, count)
      if (isThere && (count < TRIES || !navigator.onLine)) return waitForConnection()
      if (!isThere) return fail(row, new Refusal('unreadable'))
    }
    await fail(row, thrown)
  }

  async function fail(row: Row, thrown: unknown): Promise<void> {
    row.why = thrown instanceof Lost ? thrown.why : thrown instanceof Refusal ? thrown.reason : 'unavailable'
    row.detail = thrown instanceof Refusal ? thrown.message : ''
    const canShrink = row.why === 'too_large' || row.why === 'too_many_pixels'
    const asks = row.why === 'already_here' || (canShrink && !row.smaller && (await lookAt(row)))
    row.state = asks ? 'asks' : 'failed'
    row.again = asks || mayPassLater(row.why)
    await desk.keepRow(row)
    desk.show()
  }

  /** Whether a file can be read and is a picture. What it is refused for is said at once, with `says`. */
  async function lookAt(row: Row, says = false): Promise<boolean> {
    try {
      await inspectFile(await fileOf(row), desk.maxBytes)
      return true
    } catch (thrown) {
      if (says) await fail(row, thrown)
      return false
    }
  }

  function waitForSession(): void {
    if (gate === 'signed out') return
    setGate('signed out')
    void whenSignedIn(signal).then(() => signal.aborted || setGate('open'))
  }

  /** Longer each time, and never as long as other browsers: all were cut off together. */
  function waitForConnection(): void {
    if (gate !== 'open') return
    setGate('offline')
    const most = Math.min(backOff(++lost, 2), LONGEST)
    timer = setTimeout(() => setGate('open'), (0.5 + 0.5 * Math.random()) * most * 1000)
  }

  function tryNow(): void {
    if (gate !== 'offline') return
    clearTimeout(timer)
    setGate('open')
  }

  async function keepAll(): Promise<void> {
    for (const row of desk.rows.values()) {
      const file = files.get(row.id)
      if (file && row.state !== 'done') await desk.keepFile(row, file)
    }
  }

  return {
    start(rows, given = new Map()) {
      for (const [id, file] of given) files.set(id, file)
      for (const row of rows) {
        if (row.state !== 'waiting' || known.has(row.id)) continue
        known.add(row.id)
        looking.add(row.id)
        const isThrough = row.photo || row.prepared
        void Promise.resolve(isThrough || lookAt(row, true)).finally(() => {
          looking.delete(row.id)
          startNext()
        })
      }
    },
    go(row) {
      if (row.why === 'already_here') row.anyway = true
      if (row.state === 'asks' && (row.why === 'too_large' || row.why === 'too_many_pixels'))
        row.smaller = true
      const isWaiting = row.state === 'waiting'
      Object.assign(row, { state: 'waiting', why: null, detail: '', again: false })
      tries.delete(row.id)
      known.add(row.id)
      void desk.keepRow(row)
      if (!isWaiting) startNext()
      tryNow()
      desk.show()
    },
    cancel(row) {
      running.get(row.id)?.abort()
      running.delete(row.id)
      files.delete(row.id)
      if (row.state !== 'done' && !row.photo) void forget(row)
      startNext()
    },
    tryNow,
    keepAll: () => void keepAll(),
  }
}
