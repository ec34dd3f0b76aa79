import { t } from '../../lang/shared'

/** Makes every copy button of the page work. It answers in its own words, so that it also does inside a dialog. */
export function startCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const words = button.querySelector('[data-copy-text]')
    const status = button.parentElement?.querySelector('[data-copy-status]')
    let timer: ReturnType<typeof setTimeout> | undefined
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy ?? '')
      if (!source || !words || !status) return
      const copied = await copyText(source)
      words.textContent = copied ? t().copied : t().select
      status.textContent = copied ? t().copied : t().copyByHand
      clearTimeout(timer)
      timer = setTimeout(() => {
        words.textContent = t().copy
        status.textContent = ''
      }, 3000)
    })
  }
}

/** Where the clipboard may not be written, the text is selected instead, ready for the keyboard. */
async function copyText(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '')
    return true
  } catch {
    getSelection()?.selectAllChildren(source)
    return false
  }
}
