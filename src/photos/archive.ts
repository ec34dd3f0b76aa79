import { and, eq, sql } from 'drizzle-orm'
import { type ExportCaps, streamArchive } from '../accounts/export'
import { countUse, dayOf, secondsLeft } from '../budgets/counts'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'
import { Problem } from '../http/problems'
import { cleanFileName, withEnding } from '../lib/file-name'
import type { ZipFile } from '../lib/zip'
import { openOriginal, readWhole } from './original'
import { isListed } from './own'

/** Archives of chosen photos that a person may begin in a day (UTC): what they cost is checksums. */
const ARCHIVES_A_DAY = 100

/**
 * Counts an archive that is about to begin.
 * @throws Problem `rate_limited` after ARCHIVES_A_DAY
 */
export async function countArchive(
  caps: Pick<Capabilities, 'db' | 'now'>,
  { userId }: { userId: string },
): Promise<void> {
  const lines = [{ who: userId, limit: ARCHIVES_A_DAY }]
  if (await countUse(caps, { kind: 'archives', lines })) return
  const detail = `At most ${ARCHIVES_A_DAY} archives a day. Try again tomorrow (UTC).`
  throw new Problem('rate_limited', detail, { retryAfter: secondsLeft(caps.now) })
}

/** `cameo-photos-2026-11-25.zip` */
export function nameArchive({ now }: Pick<Capabilities, 'now'>): string {
  return `cameo-photos-${dayOf(now)}.zip`
}

/**
 * The originals of some of a person's photos as a ZIP, in the order of their ids, under the names that they were uploaded
 * with. Nothing of them is read before the archive is.
 * @param values.ids each once
 * @returns counts the archive and makes the stream, which breaks off where an original is gone meanwhile
 * @throws Problem `not_found` where any of them is not a ready photo of the person's own, and no crop
 */
export async function openArchive(
  caps: ExportCaps,
  values: { userId: string; ids: string[] },
): Promise<(count: () => Promise<void>) => Promise<ReadableStream<Uint8Array>>> {
  const { userId, ids } = values
  const rows = await caps.db
    .select()
    .from(photos)
    .where(
      and(
        sql`${photos.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
        eq(photos.userId, userId),
        isListed,
      ),
    )
  const found = new Map(rows.map((row) => [row.id, row]))
  const chosen = ids.flatMap((id) => found.get(id) ?? [])
  if (chosen.length < ids.length) throw new Problem('not_found')
  return (count) => streamArchive({ userId, count, files: () => listFiles(caps, chosen) })
}

async function* listFiles(caps: ExportCaps, chosen: Photo[]): AsyncGenerator<ZipFile> {
  const used = new Set<string>()
  for (const photo of chosen) {
    const name = nameAnew(
      withEnding(cleanFileName(photo.fileName ?? '') ?? photo.id, photo.contentType),
      used,
    )
    const object = await openOriginal(caps, photo)
    if (!object) throw new Error(`the original of ${photo.id} is gone, or not the verified one`)
    yield { name, modifiedAt: toArchiveTime(photo), body: readWhole(object) }
  }
}

/** A name that no file of the archive has yet, on systems either that hold capitals and small letters to be the same. */
function nameAnew(name: string, used: Set<string>): string {
  const dot = name.lastIndexOf('.')
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name.slice(0, dot)} (${number})${name.slice(dot)}`
    const key = tried.toLowerCase()
    if (used.has(key)) continue
    used.add(key)
    return tried
  }
}

/** A ZIP's dates begin with 1980. */
const EARLIEST = Date.UTC(1980, 0, 1)

const toArchiveTime = ({ takenAt, createdAt }: Photo) => Math.max(takenAt ?? createdAt, EARLIEST)
