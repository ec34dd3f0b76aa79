import type { SuggestionJson } from '../../tags/answers'
import { overlap } from './frames'

/** What browsers that find faces have. https://wicg.github.io/shape-detection-api/#face-detection-api */
interface Detector {
  detect(image: HTMLCanvasElement): Promise<{ boundingBox: DOMRectReadOnly }[]>
}

/** As many as can be tagged. */
const MOST = 20

/** Two boxes of the same face. */
const SAME = 0.4

/** Under which a browser keeps what was dismissed: signing out makes it forget. */
const DISMISSED = 'dismissed-faces'

/** What is kept at most: the oldest go. */
const KEPT = 500

/** The faces that the browser itself finds in a picture; none where it cannot look for them. */
export async function findFaces(image: HTMLImageElement): Promise<SuggestionJson[]> {
  const { FaceDetector } = window as unknown as { FaceDetector?: new (options: object) => Detector }
  if (!FaceDetector) return []
  try {
    await image.decode()
    // An <img> with `srcset` has a size of its own making: of a canvas, it is known what its pixels are.
    const canvas = document.createElement('canvas')
    canvas.width = 1024
    canvas.height = Math.max(1, Math.round((1024 * image.naturalHeight) / image.naturalWidth))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const found = await new FaceDetector({ maxDetectedFaces: MOST, fastMode: false }).detect(canvas)
    return found.map(({ boundingBox }) => cut(boundingBox, canvas)).filter(({ width }) => width > 0)
  } catch {
    return [] // where it is offered and does not work, nothing is missing
  }
}

function cut({ left, top, right, bottom }: DOMRectReadOnly, { width, height }: HTMLCanvasElement) {
  const part = (value: number, whole: number) => Math.max(0, Math.min(1, value / whole))
  const [x, y] = [part(left, width), part(top, height)]
  return { name: '', x, y, width: part(right, width) - x, height: part(bottom, height) - y }
}

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
