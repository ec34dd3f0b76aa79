import type { FallbackStyle } from '../../avatar/fallback/draw'
import { t } from '../../lang/start'
import { readEmail } from '../../lib/email'
import { find } from '../shared/elements.client'

type Drawing = typeof import('../shared/drawing/entry.client')

/** In pixels, two for each of CSS. */
const SIZE = 144

/**
 * Shows what a typed address would be asked for by, and the pictures for it. What draws them is loaded when the field
 * has the focus; from then on nothing is asked of any server, whatever is typed.
 */
export function startTryOut(card: HTMLElement): void {
  const input = find(card, 'input', HTMLInputElement)
  const status = find(card, '[data-status]', HTMLElement)
  let drawing: Promise<Drawing> | undefined
  let latest = 0

  const load = () => {
    drawing ??= import(card.dataset.drawing ?? '')
    return drawing
  }
  input.addEventListener('focus', () => void load().catch(forget))
  input.addEventListener('input', show)
  if (input.value) void show() // after a reload browsers restore what was typed

  function forget(): void {
    drawing = undefined
  }

  async function show(): Promise<void> {
    const turn = ++latest
    const typed = readEmail(input.value)
    const text = 'email' in typed ? typed.email : input.value.trim().toLowerCase()
    if (!text) return showNobody(card)
    try {
      const { hashBoth, drawPicture } = await load()
      const { sha256, md5 } = await hashBoth(text)
      if (turn !== latest) return
      find(card, '[data-sha256]', HTMLElement).textContent = sha256
      find(card, '[data-md5]', HTMLElement).textContent = md5
      const initials = initialsOf(text)
      for (const image of card.querySelectorAll<HTMLImageElement>('img[data-style]')) {
        const style = image.dataset.style as FallbackStyle
        showPicture(image, URL.createObjectURL(drawPicture({ style, seed: sha256, size: SIZE, initials })))
      }
      status.textContent = 'email' in typed ? t().tryOut.drawn : ''
    } catch {
      forget()
      status.textContent = t().tryOut.failed
    }
  }
}

/** The hashes and pictures that the page came with. */
function showNobody(card: HTMLElement): void {
  for (const code of card.querySelectorAll<HTMLElement>('code[data-nobody]'))
    code.textContent = code.dataset.nobody ?? ''
  for (const image of card.querySelectorAll<HTMLImageElement>('img[data-style]'))
    showPicture(image, image.dataset.nobody ?? '')
  find(card, '[data-status]', HTMLElement).textContent = ''
}

function showPicture(image: HTMLImageElement, url: string): void {
  const old = image.src
  image.src = url
  if (old.startsWith('blob:')) URL.revokeObjectURL(old)
}

/** `ada.lovelace@…` → `al`. */
function initialsOf(address: string): string {
  const words = address.split('@')[0]?.match(/\p{L}+/gu) ?? []
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.slice(0, 1)).join('')
}
