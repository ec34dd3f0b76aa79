import { formatBytes } from '../../../lang/formats'
import type { PhotoJson } from '../../../photos/answers'
import { isSignedOut, Refusal } from '../api.client'
import { cloneTemplate, find } from '../elements.client'
import { whenSignedIn } from '../session.client'
import { notify } from '../toasts.client'
import { checkFile } from './file-types.client'
import { explainUpload, mayPassLater } from './refusals.client'
import { abandonUpload, runUpload, type Upload } from './upload.client'

/** More at once would only make each of them slower. */
const AT_ONCE = 3

interface Options {
  list: HTMLElement
  template: HTMLTemplateElement
  maxBytes: number
  onDone(photo: PhotoJson): void
}

/** The list of uploads under way: a row each, at most three at once, the rest wait. Returns how to add files. */
export function startUploadList({
  list,
  template,
  maxBytes,
  onDone,
}: Options): (files: Iterable<File>) => void {
  const waiting: (() => Promise<void>)[] = []
  let running = 0

  addEventListener('beforeunload', (event) => {
    if (running || waiting.length) event.preventDefault()
  })

  function startNext(): void {
    while (running < AT_ONCE) {
      const job = waiting.shift()
      if (!job) return
      running++
      job().finally(() => {
        running--
        startNext()
      })
    }
  }

  function queue(job: () => Promise<void>): void {
    waiting.push(job)
    startNext()
  }

  function addFile(file: File): void {
    const row = makeRow(template, file)
    list.append(row.element)
    list.hidden = false
    const cancel = new AbortController()
    const upload: Upload = { file, anyway: false, prepared: null, stored: false, cancel }

    const job = async () => {
      while (!cancel.signal.aborted) {
        try {
          row.start()
          const photo = await runUpload(upload, { sent: row.sent, checking: row.checking })
          if (cancel.signal.aborted) return
          remove()
          notify(`${file.name} is uploaded.`, { silent: true }) // its card appears
          return onDone(photo)
        } catch (thrown) {
          if (cancel.signal.aborted) return
          if (!isSignedOut(thrown)) return fail(thrown)
          row.hold()
          await whenSignedIn(cancel.signal)
        }
      }
    }
    const fail = (thrown: unknown) => {
      const here = thrown instanceof Refusal && thrown.reason === 'already_here'
      const again = here ? 'Add anyway' : mayPassLater(thrown) ? 'Retry' : null
      row.fail(explainUpload(thrown, file, maxBytes), { again, isFault: !here })
      upload.anyway ||= here // from now on: to try it again is to want it
    }
    const remove = () => {
      const next = row.element.nextElementSibling ?? row.element.previousElementSibling
      const focused = row.element.contains(document.activeElement)
      row.dispose()
      list.hidden = !list.childElementCount
      if (focused)
        (next?.querySelector<HTMLElement>('[data-remove]') ?? document.getElementById('files'))?.focus()
    }

    row.retry.addEventListener('click', () => {
      row.wait()
      row.remove.focus()
      queue(job)
    })
    row.remove.addEventListener('click', () => {
      const index = waiting.indexOf(job)
      if (index >= 0) waiting.splice(index, 1)
      void abandonUpload(upload)
      remove()
    })
    const check = async () => {
      try {
        upload.file = await checkFile(file, maxBytes)
        row.preview(upload.file)
        if (!upload.cancel.signal.aborted) queue(job)
      } catch (thrown) {
        fail(thrown)
      }
    }
    void check()
  }

  return (files) => {
    for (const file of files) addFile(file)
  }
}

/** One row of the list and what can be said in it. */
function makeRow(template: HTMLTemplateElement, file: File) {
  const element = cloneTemplate(template)
  const progress = find(element, '[data-progress]', HTMLProgressElement)
  const state = find(element, '[data-state]', HTMLElement)
  const retry = find(element, '[data-retry]', HTMLButtonElement)
  const remove = find(element, '[data-remove]', HTMLButtonElement)
  const name = find(element, '[data-name]', HTMLElement)
  name.textContent = file.name
  name.title = file.name // it may be cut off
  progress.setAttribute('aria-label', `Progress of ${file.name}`)
  let preview: string | null = null

  function show(text: string, { failed = false, isFault = true, again = '' } = {}): void {
    state.textContent = text
    element.classList.toggle('failed', failed && isFault)
    progress.hidden = failed
    retry.hidden = !again
    find(retry, '[data-word]', HTMLElement).textContent = again
    retry.setAttribute('aria-label', again === 'Retry' ? `Retry ${file.name}` : `Add ${file.name} anyway`)
    remove.setAttribute('aria-label', `${failed ? 'Dismiss' : 'Cancel'} ${file.name}`)
  }

  const wait = () => {
    progress.value = 0
    show('Waiting')
  }
  wait()
  return {
    element,
    retry,
    remove,
    wait,
    preview(file: File): void {
      preview = showPreview(find(element, 'img', HTMLImageElement), file)
    },
    start: () => show('Starting'),
    sent(share: number): void {
      progress.value = share * 100
      show(`${formatBytes(share * file.size)} of ${formatBytes(file.size)}`)
    },
    checking(): void {
      progress.removeAttribute('value') // no known end: the bar moves by itself
      show('Checking the picture')
    },
    /** It goes on by itself. */
    hold(): void {
      progress.value = 0
      show('Waiting until you are signed in')
    },
    fail(text: string, { again, isFault }: { again: string | null; isFault: boolean }): void {
      show(text, { failed: true, isFault, again: again ?? '' })
      notify(`${file.name}: ${text}`, { silent: true })
    },
    dispose(): void {
      element.remove()
      if (preview) URL.revokeObjectURL(preview)
    },
  }
}

/** Shows the chosen file itself, if the browser can. Returns the object URL to give back. */
function showPreview(image: HTMLImageElement, file: File): string {
  const url = URL.createObjectURL(file)
  image.onload = () => {
    image.hidden = false
  }
  image.src = url
  return url
}
