import type { ExportSection } from './accounts/export'
import { accountSection } from './accounts/exported'
import { messagesSection } from './messages/exported'
import { photosSection } from './photos/exported'
import { albumsSection } from './sharing/albums/exported'
import { linksSection } from './sharing/links/exported'
import { peopleSection } from './sharing/people/exported'
import { tagsSection } from './tags/exported'

/** What an export holds: a feature that keeps something of a person's adds its section here. */
export const EXPORTS: readonly ExportSection[] = [
  accountSection,
  photosSection,
  peopleSection,
  albumsSection,
  linksSection,
  tagsSection,
  messagesSection,
]
