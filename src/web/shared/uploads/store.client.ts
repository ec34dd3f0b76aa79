import { DAY, MINUTE } from '../../../lib/time'
import type { Row } from './rows.client'

// What waits to be uploaded, in the browser's own database, so that it survives the page. `rows` says how far each file
// is, `files` has its bytes, apart, so that progress does not write them again; `about` says who is signed in.

/** At most so many rows, and bytes of files, are kept; what is beyond is uploaded, but lost when its page goes. */
const KEPT_ROWS = 1000
const KEPT_BYTES = 1024 ** 3

/** The same of what was shared: a page of another site can send it too, and must leave room for what is chosen here. */
const SHARED_ROWS = 200
const SHARED_BYTES = KEPT_BYTES / 2

/** How long what did not get through is kept, and what did, in milliseconds. */
const LIFE = 3 * DAY
const LIFE_DONE = 10 * MINUTE

type Area = 'rows' | 'files' | 'about'
const AREAS: Area[] = ['rows', 'files', 'about']

let opening: Promise<IDBDatabase> | null = null
let isResting = false

/**
 * Whether anything is kept from now on: not while whoever it was is signed out.
 * @returns whether that is new
 */
export function setKeeping(keeps: boolean): boolean {
  const isNew = isResting === keeps
  isResting = !keeps
  return isNew
}

/** The rows of a person, oldest first. What is another's or too old is removed. */
export async function listRows(user: string, now: number): Promise<Row[]> {
  return within('readwrite', async (areas) => {
    const rows: Row[] = await answerOf(areas.rows.getAll())
    const files = await answerOf(areas.files.getAllKeys())
    const isOver = ({ state, doneAt, addedAt }: Row) =>
      state === 'done' ? now - (doneAt ?? 0) > LIFE_DONE : now - addedAt > LIFE
    const kept = rows.filter((row) => row.user === user && !isOver(row))
    for (const { id } of rows) if (!kept.some((row) => row.id === id)) areas.rows.delete(id)
    const wanted = new Set(kept.filter(({ state }) => state !== 'done').map(({ id }) => id))
    for (const id of files) if (!wanted.has(String(id))) areas.files.delete(id)
    areas.about.put(user, 'user')
    return kept
      .map((row) => ({ ...row, step: null, share: 0, kept: files.includes(row.id) }))
      .sort((a, b) => a.addedAt - b.addedAt)
  })
}

/**
 * Keeps a new row with its file. It is a part of the row from then on that it is kept.
 * @returns whether there was room, and the browser keeps anything at all
 */
export function keepFile(row: Row, file: File): Promise<boolean> {
  return within('readwrite', async (areas) => {
    const rows: Row[] = await answerOf(areas.rows.getAll())
    const others = rows.filter(({ id, state }) => id !== row.id && state !== 'done')
    const bytesOf = (all: Row[]) => all.reduce((sum, other) => sum + other.bytes, file.size)
    if (rows.length >= KEPT_ROWS || bytesOf(others) > KEPT_BYTES) return false
    const shared = others.filter(({ why }) => why === 'shared')
    const isTooMuch = shared.length >= SHARED_ROWS || bytesOf(shared) > SHARED_BYTES
    if (row.why === 'shared' && isTooMuch) return false
    row.kept = true
    areas.rows.put(row)
    areas.files.put(file, row.id)
    return true
  }).catch(() => {
    row.kept = false
    return false
  })
}

/** Writes down how far a row is, where its file is kept; of one that is done the file goes. */
export function keepRow(row: Row): Promise<void> {
  if (!row.kept) return Promise.resolve()
  return within('readwrite', ({ rows, files }) => {
    rows.put(row)
    if (row.state === 'done') files.delete(row.id)
  }).catch(() => undefined)
}

export function readFile(id: string): Promise<File | null> {
  return within('readonly', ({ files }) => answerOf(files.get(id)))
    .then((file) => (file instanceof File ? file : null))
    .catch(() => null)
}

export function dropRows(ids: string[]): Promise<void> {
  return within('readwrite', ({ rows, files }) => {
    for (const area of [rows, files]) for (const id of ids) area.delete(id)
  }).catch(() => undefined)
}

/** Who is signed in in this browser; null for nobody. */
export function readUser(): Promise<string | null> {
  return within('readonly', ({ about }) => answerOf(about.get('user')))
    .then((user) => (typeof user === 'string' ? user : null))
    .catch(() => null)
}

/** Forgets everything: whoever it was signs out. */
export function forgetAll(): Promise<void> {
  return within('readwrite', (areas) => {
    for (const area of AREAS) areas[area].clear()
  }).catch(() => undefined)
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (areas: Record<Area, IDBObjectStore>) => T | Promise<T>,
): Promise<T> {
  if (isResting) throw new Error('nothing is kept')
  opening ??= open()
  const database = await opening.catch((thrown) => {
    opening = null
    throw thrown
  })
  const transaction = database.transaction(AREAS, mode)
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
  ended.catch(() => undefined) // it is thrown below, if nothing else is before
  const [rows, files, about] = AREAS.map((area) => transaction.objectStore(area)) as [
    IDBObjectStore,
    IDBObjectStore,
    IDBObjectStore,
  ]
  const result = await work({ rows, files, about })
  await ended
  return result
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('uploads', 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('rows', { keyPath: 'id' })
    request.result.createObjectStore('files')
    request.result.createObjectStore('about')
  }
  return answerOf(request).then((database) => {
    // Cleared by the browser, as when somebody signs out: the next that is kept opens it anew.
    database.onclose = () => {
      opening = null
    }
    database.onversionchange = () => {
      database.close()
      opening = null
    }
    return database
  })
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
