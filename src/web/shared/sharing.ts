// What is told of sharing, for the pages and their browser code.

export type { AlbumJson } from '../../sharing/albums/answers'
export type { LinkJson, NewLinkJson } from '../../sharing/links/answers'
export type { ContactJson, SharedPhotoJson, ShareJson } from '../../sharing/people/answers'

import type { MemberJson } from '../../sharing/albums/answers'

export type Role = MemberJson['role']

/** A member as the album's owner is told of them: with their hash. */
export interface KnownMember extends MemberJson {
  hash: string
}

/** What is shared: one photo or several, or an album. */
export interface ShareTarget {
  /** `Share this photo` */
  title: string
  /** Paths of the API, one for each. */
  bases: string[]
  /** `shares` of photos, `members` of an album. */
  people: 'shares' | 'members'
}
