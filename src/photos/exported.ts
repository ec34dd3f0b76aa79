import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { ExportCaps, ExportSection } from '../accounts/export'
import { type Photo, photos } from '../db/schema'
import { withEnding } from '../lib/file-name'
import type { ZipFile } from '../lib/zip'
import type { PhotoJson } from './answers'
import { openOriginal, readWhole } from './original'
import { isListed, type OwnPhoto, selectOwn, toPhoto } from './own'

/** A photo in `account.json`. What was cut from it is told by the box alone: it can be cut again. */
interface ExportedPhoto extends Omit<PhotoJson, 'pictures' | 'cropOf'> {
  /** Of the file, lower-case hexadecimal. */
  md5: string | null
  /** Where it stands in the archive; null where it is missing: deleted meanwhile, or not what was verified. */
  file: string | null
}

/** Photos that one query lists. */
const PAGE = 200

/** Every original under its id, and all that is known of each photo. Oldest first. */
export const photosSection: ExportSection = (caps, { user }) => {
  const listed: ExportedPhoto[] = [] // some hundred bytes each, as the archive's own directory
  async function* files(): AsyncGenerator<ZipFile> {
    for await (const photo of listAll(caps, user.id)) {
      const object = await openOriginal(caps, photo)
      const file = object && `photos/${withEnding(photo.id, photo.contentType)}`
      const { pictures: _, cropOf: __, ...told } = toPhoto(photo, { ...user, origin: null })
      listed.push({ ...told, md5: photo.etag, file })
      if (object && file) yield { name: file, modifiedAt: photo.createdAt, body: readWhole(object) }
    }
  }
  return { files: files(), readMembers: async () => ({ photos: listed }) }
}

/** The person's ready photos, read page by page: what is deleted before its page is not listed, what is new neither. */
async function* listAll(caps: ExportCaps, userId: string): AsyncGenerator<OwnPhoto> {
  let last: Photo | undefined
  do {
    const after = last && {
      later: gt(photos.createdAt, last.createdAt),
      beside: and(eq(photos.createdAt, last.createdAt), gt(photos.id, last.id)),
    }
    const mine = and(eq(photos.userId, userId), isListed)
    const page = await selectOwn(caps)
      .where(and(mine, after && or(after.later, after.beside)))
      .orderBy(asc(photos.createdAt), asc(photos.id))
      .limit(PAGE)
    yield* page
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
}
