import type { AddressedTable } from '../../accounts/addressed'
import { albumMembers, photoShares, photoTags } from '../../db/schema'

/** Whom photos and albums are shown to beside their owner. A name for somebody (contacts) is whoever's gave it. */
export const SHOWN_TO: readonly AddressedTable[] = [photoShares, albumMembers, photoTags].map((table) => ({
  table,
  hash: table.personHash,
  createdAt: table.createdAt,
}))
