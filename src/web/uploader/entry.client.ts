import { watchSession } from '../shared/session.client'
import type { Row } from '../shared/uploads/rows.client'
import { shareTray } from '../shared/uploads/tabs.client'
import { openTray } from '../shared/uploads/tray.client'

// The list of the tray and what sends files: loaded by the tray once there is something to show or to send.

watchSession()

/** Opens what is in the tray of a page. Returns how to add files. */
export function openUploads(tray: HTMLElement, user: string) {
  const show = openTray(tray, {
    go: (ids) => desk.go(ids),
    close: (ids) => desk.close(ids),
    readFile: (id) => desk.readFile(id),
  })
  const maxBytes = Number(tray.dataset.maxBytes)
  const desk = shareTray({ user, maxBytes, show, done: tellPage })
  return desk.add
}

/** Tells the page of a photo that is there: it may show it. Not before its own code is there to hear it. */
function tellPage({ photo, album }: Row): void {
  const detail = { photo, albumId: album?.id ?? null }
  const tell = () => document.dispatchEvent(new CustomEvent('cameo:uploaded', { detail }))
  if (document.readyState === 'complete') tell()
  else addEventListener('load', tell)
}
