import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { PhotoList } from '../../../photos/answers'
import { callApi, Refusal } from '../api.client'
import type { Row } from './rows.client'

/** One after the other, in their order: of two that are the same it is the second that is refused. */
let turn: Promise<string> = Promise.resolve('')

/**
 * Refuses a file that is among the person's photos or on its way already, from whichever page. The row remembers the
 * file's MD5.
 * @param rows all that are in the tray
 * @throws Refusal `already_here`, `unreadable`, and those of a call
 */
export async function refuseTwin(
  row: Row,
  { file, rows }: { file: File; rows: Iterable<Row> },
): Promise<void> {
  const hashed = turn.then(() => hashFile(file))
  turn = hashed.catch(() => '')
  row.md5 = await hashed
  for (const other of rows) {
    const isTwin = other !== row && other.md5 === row.md5 && other.state === 'waiting' && !other.anyway
    if (isTwin) throw new Refusal('already_here')
  }
  const { items } = await callApi<PhotoList>('GET', `/api/photos?limit=1&md5=${row.md5}`)
  if (items.length) throw new Refusal('already_here')
}

/** By MD5, because the storage knows every photo by it; browsers have no MD5 of their own. Read in pieces. */
async function hashFile(file: File): Promise<string> {
  const hash = md5.create()
  const reader = file.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return bytesToHex(hash.digest())
      hash.update(value)
    }
  } catch {
    throw new Refusal('unreadable') // moved, changed or unplugged since it was chosen
  }
}
