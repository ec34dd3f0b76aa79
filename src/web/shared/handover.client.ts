import { deleteWithUndo } from './deletions.client'
import { markChanged } from './returns.client'

/** A photo whose page is left because it is deleted. */
interface HandedOver {
  id: string
  /** Where it is shown, for whoever wants it back. */
  href: string
  /** Whether others see it as somebody's picture. */
  shown: boolean
}

/** Under which a tab remembers what the next page is to delete. */
const HANDED = 'handed-over'

/** Leaves the deletion of a photo to the page that comes next: there it can be undone for eight seconds. */
export function handOver(photo: HandedOver): void {
  sessionStorage.setItem(HANDED, JSON.stringify(photo))
  markChanged()
}

/**
 * Takes over the deletion of a photo whose page was left. Call it when a page opens that may come next.
 * @param options.open leads to the photo when it is wanted back
 * @param options.done told of the photo once it is deleted for good
 * @returns the photos that this page does not show any more
 */
export function takeOver(
  options: { open?: (href: string) => void; done?: (ids: string[]) => void } = {},
): string[] {
  const { open = (href: string) => location.assign(href), done } = options
  const photo: HandedOver | null = JSON.parse(sessionStorage.getItem(HANDED) ?? 'null')
  if (!photo) return []
  sessionStorage.removeItem(HANDED)
  const { id, href, shown } = photo
  deleteWithUndo({ ids: [id], shown, done, restore: () => open(href) })
  return [id]
}

/** The same on a page with a list: the tile of the photo is not to be seen meanwhile. */
export function takeOverTiles(page: ParentNode): void {
  for (const id of takeOver())
    for (const tile of page.querySelectorAll<HTMLElement>(`[data-tile="${id}"]`)) tile.hidden = true
}
