import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { PhotoList } from '../../../photos/answers'
import { callApi, Refusal } from '../api.client'

/** What is on its way from this page, by MD5. */
const underWay = new Set<string>()

/**
 * Refuses a file that is among the person's photos or on its way already. Returns what to call once it is not under
 * way any more.
 * @throws Refusal `already_here`, `unreadable`, and those of a call
 */
export async function claimFile(file: File): Promise<() => void> {
  const hash = await hashFile(file)
  if (underWay.has(hash)) throw new Refusal('already_here')
  underWay.add(hash)
  const release = () => underWay.delete(hash)
  try {
    const { items } = await callApi<PhotoList>('GET', `/api/photos?limit=1&md5=${hash}`)
    if (items.length) throw new Refusal('already_here')
  } catch (thrown) {
    release()
    throw thrown
  }
  return release
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
