import { and, eq, gt, sql } from 'drizzle-orm'
import type { ExportCaps, ExportSection } from '../../accounts/export'
import { albums, type Link, links, photos } from '../../db/schema'
import type { LinkJson } from './answers'
import { toLink } from './links'

/** A link in `account.json`: what it shows beside what its owner is told of it, and nothing that opens it. */
interface ExportedLink extends LinkJson {
  photoId: string | null
  albumId: string | null
}

/** Links that one query lists. */
const PAGE = 500

/** The live links of all of a person's photos and albums. */
export const linksSection: ExportSection = (caps, { user }) => ({
  async readMembers() {
    const listed: ExportedLink[] = []
    for (const kind of ['photo', 'album'] as const)
      for await (const link of listAll(caps, { kind, userId: user.id }))
        listed.push({ ...toLink(link), photoId: link.photoId, albumId: link.albumId })
    return { links: listed }
  },
})

/** Page by page in the order of their ids, which says nothing but does not change. */
async function* listAll(
  { db, now }: ExportCaps,
  { kind, userId }: { kind: 'photo' | 'album'; userId: string },
): AsyncGenerator<Link> {
  const [table, column] = kind === 'photo' ? [photos, links.photoId] : [albums, links.albumId]
  const id = sql`+${links.id}` // or SQLite would walk through everybody's links in this order
  let last = ''
  for (;;) {
    const page = await db
      .select({ link: links })
      .from(table)
      .innerJoin(links, eq(column, table.id))
      .where(and(eq(table.userId, userId), gt(links.expiresAt, now), sql`${id} > ${last}`))
      .orderBy(id)
      .limit(PAGE)
    for (const { link } of page) yield link
    const end = page.at(-1)
    if (page.length < PAGE || !end) return
    last = end.link.id
  }
}
