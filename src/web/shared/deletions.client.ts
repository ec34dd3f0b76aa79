import { t } from '../../lang/toasts'
import { callApi, isGone, Refusal } from './api.client'
import { markChanged } from './returns.client'
import { doSeveral } from './several.client'
import { isPending, type Undoable, undoable } from './undo.client'

/** Photos that the page shows as deleted. */
interface Deletion {
  ids: string[]
  /** Whether the picture that others see is among them. */
  shown: boolean
  /** Shows those photos again: all of them where it is undone, else those that could not be deleted. */
  restore(ids: string[]): void
  /** Told that those are deleted for good. */
  done?(ids: string[]): void
}

/** Under which a browser remembers what is to be deleted until it is: the page may go in the middle of it. */
const LEFT = `deleting:${document.body.dataset.user}`

/** Milliseconds after which a page stays: the requests of one that goes fail a moment before. */
const GOING = 1000

let last: { what: Undoable; deletion: Deletion } | null = null

/**
 * Deletes photos that the page shows no more, with eight seconds to undo it. Those that are deleted meanwhile join
 * them.
 */
export function deleteWithUndo(deletion: Deletion): void {
  const before = last && isPending(last.what) ? last : null
  const ids = [...(before?.deletion.ids ?? []), ...deletion.ids]
  const shown = deletion.shown || before?.deletion.shown === true
  const whole: Deletion = {
    ids,
    shown,
    done: deletion.done,
    restore: (some) => {
      const [old, fresh] = [before?.deletion.ids ?? [], deletion.ids].map((part) =>
        part.filter((id) => some.includes(id)),
      )
      if (old?.length) before?.deletion.restore(old)
      if (fresh?.length) deletion.restore(fresh)
    },
  }
  let rest = ids
  const what: Undoable = {
    text: describe(ids.length, shown),
    run: async ({ leaving }) => {
      markChanged()
      writeLeft([...readLeft(), ...ids])
      if (leaving) return sendLast(ids)
      const { failed } = await doSeveral(ids, deletePhoto)
      rest = failed.map(({ item }) => item)
      const gone = ids.filter((id) => !rest.includes(id))
      const lost = failed.filter(({ reason }) => isLost(reason)).map(({ item }) => item)
      forgetLeft(ids.filter((id) => !lost.includes(id))) // what was refused is shown again
      setTimeout(() => forgetLeft(lost), GOING) // and so is this, if the page stays
      if (gone.length > 0) whole.done?.(gone)
      if (failed[0]) throw failed[0].reason
    },
    revert: () => whole.restore(ids),
    fail: () => {
      whole.restore(rest)
      return t().notDeleted(rest.length)
    },
  }
  last = { what, deletion: whole }
  undoable(what, before?.what)
}

/** Deletes what a page could not that was left. @returns the photos, which no page shows any more */
export function resumeDeletions(): string[] {
  const ids = readLeft()
  if (ids.length > 0) void doSeveral(ids, deletePhoto).then(({ done }) => forgetLeft(done)) // the rest is tried again
  return ids
}

const isLost = (reason: unknown) => reason instanceof Refusal && reason.reason === 'network'

function readLeft(): string[] {
  const left: unknown = JSON.parse(localStorage.getItem(LEFT) ?? '[]')
  return Array.isArray(left) ? left : []
}

function writeLeft(ids: string[]): void {
  try {
    if (ids.length > 0) localStorage.setItem(LEFT, JSON.stringify([...new Set(ids)]))
    else localStorage.removeItem(LEFT)
  } catch {
    // A full or closed store: most of it is sent all the same.
  }
}

/** Not those that another tab wants deleted meanwhile. */
function forgetLeft(ids: string[]): void {
  writeLeft(readLeft().filter((id) => !ids.includes(id)))
}

/** Deletes a photo; one that was deleted elsewhere is as wanted. */
export async function deletePhoto(photoId: string): Promise<void> {
  await callApi('DELETE', `/api/photos/${photoId}`).catch((thrown) => {
    if (!isGone(thrown)) throw thrown
  })
}

/** A browser sends on only some requests of a page that is closed: the next one does the rest. */
function sendLast(ids: string[]): void {
  for (const id of ids)
    void fetch(`/api/photos/${id}`, { method: 'DELETE', keepalive: true }).catch(() => undefined)
}

function describe(count: number, shown: boolean): string {
  const consequence = shown ? (count === 1 ? t().deletedShown : t().deletedAmong) : ''
  return `${t().deleted(count)} ${consequence}`.trim()
}
