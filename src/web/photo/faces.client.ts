import type { SuggestionJson } from '../../tags/answers'
import { overlap } from './frames'

/** As many as can be tagged. */
const MOST = 20

/** Two boxes of the same face. */
const SAME = 0.4

/** Under which a browser keeps what was dismissed: signing out makes it forget. */
const DISMISSED = 'dismissed-faces'

/** What is kept at most: the oldest go. */
const KEPT = 500

/** Those that are not of one that stands. */
export function leaveOut<T extends SuggestionJson>(
  faces: T[],
  standing: Omit<SuggestionJson, 'name'>[],
): T[] {
  return faces.filter((face) => !standing.some((box) => overlap(face, box) > SAME)).slice(0, MOST)
}

const keyOf = (photoId: string, { name, x, y }: SuggestionJson) =>
  `${photoId} ${x.toFixed(3)} ${y.toFixed(3)} ${name}`

export function isDismissed(photoId: string, face: SuggestionJson): boolean {
  return readDismissed().includes(keyOf(photoId, face))
}

export function dismiss(photoId: string, face: SuggestionJson): void {
  const kept = [...readDismissed(), keyOf(photoId, face)].slice(-KEPT)
  try {
    localStorage.setItem(DISMISSED, JSON.stringify(kept))
  } catch {
    // A full or closed store: it is offered again another time.
  }
}

function readDismissed(): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(DISMISSED) ?? '[]')
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}
