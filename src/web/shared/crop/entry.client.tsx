import { t } from '../../../lang/crop'
import { formatBytes } from '../../../lang/formats'
import type { PhotoJson } from '../../../photos/answers'
import { callApi } from '../api.client'
import { draw } from '../draw.client'
import { find } from '../elements.client'
import { watchSession } from '../session.client'
import { explainUpload } from '../uploads/refusals.client'
import { abandonUpload, runUpload, type Upload } from '../uploads/upload.client'
import { rawPath } from '../urls'
import type { CropCall } from './crop-call.client'
import { CropDialog } from './crop-dialog'
import { cutSquare, fetchOriginal } from './cut.client'
import { forgetDraft, readDraft, rememberDraft, rememberTurn, turnOf } from './drafts.client'
import { type Box, type Framing, frameFace, frameMiddle, fromBox, toBox } from './framing'
import { copySquare, startStage } from './stage.client'

watchSession() // this bundle has calls of its own, which notice by themselves that a session is over

/** What was decided: which part shows, or all of it. */
type Choice = 'framed' | 'whole'

export const openCrop: CropCall = async (values) => {
  const { photo, userId, maxBytes, finish } = values
  const picture = { width: photo.width ?? 1, height: photo.height ?? 1 }
  const draft = readDraft(photo.id)
  const dialog = draw(
    <CropDialog altText={draft?.altText ?? photo.altText} isShown={values.isShown} />,
  ) as HTMLDialogElement
  const frameStep = find(dialog, '[data-frame-step]', HTMLFormElement)
  const wordsStep = find(dialog, '[data-words-step]', HTMLFormElement)
  const altText = find(wordsStep, '[name=altText]', HTMLTextAreaElement)
  const use = find(wordsStep, '[data-use]', HTMLButtonElement)
  const sending = find(wordsStep, '[data-sending]', HTMLElement)
  const progress = find(wordsStep, '[data-progress]', HTMLProgressElement)
  const error = find(wordsStep, '[data-error]', HTMLElement)
  const { crop = null } = photo as { crop?: { id: string; box: Box } | null } // until the backend
  let faces = values.faces
  let hasMoved = false
  let choice: Choice = 'framed'
  let upload: Upload | null = null
  let original: Promise<ImageBitmap> | null = null
  let leaving = new AbortController()
  let isBusy = false
  let result: PhotoJson | null = null

  const fresh = () => frameFace(faces, picture) ?? frameMiddle(picture)
  const last = () => crop && fromBox(crop.box, turnOf(crop.id), picture)

  document.body.append(dialog)
  const stage = startStage(dialog, {
    ...{ picture, fresh },
    first: draft?.framing ?? last() ?? fresh(),
    onChange: (framing) => {
      hasMoved = true
      void takeBack()
      rememberDraft(photo.id, { framing, altText: altText.value })
    },
  })
  const image = find(dialog, '[data-picture]', HTMLImageElement)
  image.src = values.preview
  if (!draft && !crop && !faces.length) {
    void values.findFaces(image).then((found) => {
      faces = found
      if (found.length && !hasMoved) stage.set(fresh())
    })
  }

  /** What was sent is of another square. */
  async function takeBack(): Promise<void> {
    const old = upload
    upload = null
    if (old) await abandonUpload(old)
  }

  function go(step: 'frame' | 'words'): void {
    frameStep.hidden = step !== 'frame'
    wordsStep.hidden = step !== 'words'
    const title = find(dialog, '[data-title]', HTMLElement)
    title.textContent = step === 'frame' ? t().title : t().wordsTitle
    error.textContent = ''
    sending.hidden = true
    use.textContent = values.isShown ? t().keep : t().use
    const first = step === 'frame' ? find(dialog, '[data-room]', HTMLElement) : altText
    first.focus({ preventScroll: true })
  }

  function choose(next: Choice): void {
    choice = next
    if (next === 'framed') original ??= loadOriginal() // while they write
    const shown = find(dialog, '[data-result]', HTMLCanvasElement)
    shown.hidden = next === 'whole'
    copySquare(find(dialog, '[data-preview="96"]', HTMLCanvasElement), shown)
    go('words')
  }

  function loadOriginal(): Promise<ImageBitmap> {
    const paths = { original: rawPath(userId, photo.id), instead: rawPath(userId, photo.id, 2048) }
    const loading = fetchOriginal(paths, leaving.signal)
    loading.catch(() => {
      original = null // the next try fetches it anew
    })
    return loading
  }

  function tell(text: string, share: number | null): void {
    sending.hidden = false
    find(sending, '[data-state]', HTMLElement).textContent = text
    if (share === null) progress.removeAttribute('value')
    else progress.value = share * 100
  }

  async function sendSquare(framing: Framing): Promise<void> {
    if (!upload) {
      tell(t().fetching, null)
      original ??= loadOriginal()
      const whole = await original
      tell(t().cutting, null)
      const file = await cutSquare(whole, { framing, picture, contentType: photo.contentType, maxBytes })
      const more = { cropOf: photo.id, box: toBox(framing, picture) }
      upload = { file, more, anyway: true, prepared: null, stored: false, cancel: leaving }
    }
    const { file } = upload
    const made = await runUpload(upload, {
      sent: (share) => tell(t().sent(formatBytes(share * file.size), formatBytes(file.size)), share),
      checking: () => tell(t().checking, null),
    })
    upload = null
    rememberTurn(made.id, framing.turn)
  }

  async function run(words: string): Promise<void> {
    if (words !== photo.altText) await callApi('PATCH', `/api/photos/${photo.id}`, { altText: words })
    if (choice === 'framed') await sendSquare(stage.read())
    else if (crop) await callApi('DELETE', `/api/photos/${photo.id}/crop`)
    tell(t().checking, null)
    const changed = await callApi<PhotoJson>('GET', `/api/photos/${photo.id}`)
    await finish(changed)
    result = changed
  }

  async function submit(words: string): Promise<void> {
    if (isBusy) return
    isBusy = true
    leaving = new AbortController()
    error.textContent = ''
    use.setAttribute('aria-busy', 'true')
    try {
      await run(words)
      dialog.close()
    } catch (thrown) {
      if (leaving.signal.aborted) return
      error.textContent = explainUpload(thrown, upload?.file ?? new File([], ''), maxBytes)
      use.textContent = t().retry
      sending.hidden = true
    } finally {
      isBusy = false
      use.removeAttribute('aria-busy')
    }
  }

  /** Away from here; what was half sent is taken back. */
  async function leave(): Promise<void> {
    leaving.abort()
    await takeBack()
  }

  frameStep.addEventListener('submit', (event) => {
    event.preventDefault()
    choose('framed')
  })
  find(frameStep, '[data-whole]', HTMLElement).addEventListener('click', () => choose('whole'))
  wordsStep.addEventListener('submit', (event) => {
    event.preventDefault()
    const isSkip = event.submitter?.matches('[data-skip]')
    void submit(isSkip ? photo.altText : altText.value.trim())
  })
  wordsStep.addEventListener('input', () =>
    rememberDraft(photo.id, { framing: stage.read(), altText: altText.value }),
  )
  find(wordsStep, '[data-back]', HTMLElement).addEventListener('click', async () => {
    if (isBusy) await leave()
    go('frame')
  })
  find(dialog, '[data-close]', HTMLElement).addEventListener('click', () => dialog.close())
  const warn = (event: Event) => isBusy && event.preventDefault()
  addEventListener('beforeunload', warn)

  dialog.showModal()
  go('frame')
  stage.show()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      removeEventListener('beforeunload', warn)
      if (!result) void leave()
      forgetDraft(photo.id)
      void original?.then((bitmap) => bitmap.close()).catch(() => {})
      dialog.remove()
      resolve(result)
    })
  })
}
