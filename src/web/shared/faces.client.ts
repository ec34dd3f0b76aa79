import type { SuggestionJson } from '../../tags/answers'

/** What browsers that find faces have. https://wicg.github.io/shape-detection-api/#face-detection-api */
interface Detector {
  detect(image: HTMLCanvasElement): Promise<{ boundingBox: DOMRectReadOnly }[]>
}

/** As many as can be tagged. */
const MOST = 20

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
