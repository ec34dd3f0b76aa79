import { t } from '../../lang/albums'
import type { MemberJson } from '../../sharing/albums/answers'
import { Faces, listNames, nameOf } from '../shared/people'
import type { AlbumJson, KnownMember, LinkJson } from '../shared/sharing'
import { countPhotos } from '../shared/words'

export interface MembersView {
  album: AlbumJson
  /** Those beside its owner; with hashes for the owner alone. */
  members: MemberJson[]
  /** For the owner alone. */
  links: Pick<LinkJson, 'id'>[]
}

/** How much is in an album, whose it is, and who sees it. Drawn by the page and by its browser code. */
export function Members({ album, members, links }: MembersView) {
  const isOwner = album.role === 'owner'
  const known = members.filter((member): member is KnownMember => member.hash !== null)
  const people = members.map(({ hash, name }) => ({ hash: hash ?? '', name }))
  return (
    <div class="album-members" data-members>
      <p>
        {countPhotos(album.photoCount)}
        {!isOwner && <bdi>{t().ofOwner(nameOf(album.owner))}</bdi>}
      </p>
      {isOwner && known.length > 0 && <Faces people={known} />}
      <p class="hint wrap" dir="auto">
        {describe({ isOwner, people })}
        {links.length > 0 && ` ${t().linksShow(links.length)}`}
      </p>
    </div>
  )
}

function describe({
  isOwner,
  people,
}: {
  isOwner: boolean
  people: { hash: string; name: string }[]
}): string {
  if (isOwner) return people.length ? t().sharedWith(listNames(people)) : t().onlyYou
  const others = people.length - 1
  return others > 0 ? t().youAndOthers(others) : t().youAre
}
