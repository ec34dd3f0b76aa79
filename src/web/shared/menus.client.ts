import { isTheme, THEME_COLORS, type Theme } from './themes'

// What hangs from buttons of the header is <details>, and opens without a script. With one it closes as people expect,
// and a theme is put on without loading the page anew, which would end what runs on it.

/** Makes menus close by Escape, by a press elsewhere, and when the focus goes on; and the theme change at once. */
export function startMenus(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('[data-menu]')) {
    const isOutside = (target: EventTarget | null) => !(target instanceof Node && menu.contains(target))
    document.addEventListener('click', ({ target }) => {
      if (isOutside(target)) menu.open = false
    })
    menu.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && isOutside(relatedTarget)) menu.open = false
    })
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return
      event.stopPropagation()
      menu.open = false
      menu.querySelector('summary')?.focus()
    })
  }
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-themes]')) {
    form.addEventListener('submit', (event) => {
      if (!(event.submitter instanceof HTMLButtonElement)) return
      event.preventDefault()
      void choose(form, event.submitter)
    })
  }
}

/** Shows a theme at once and has it remembered; what was there comes back where that fails. */
async function choose(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const before = form.querySelector('[aria-pressed="true"]')
  show(form, button)
  const body = new URLSearchParams({ [button.name]: button.value })
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => null)
  if (answer?.type !== 'opaqueredirect' && before instanceof HTMLButtonElement) show(form, before)
}

function show(form: HTMLFormElement, { value }: HTMLButtonElement): void {
  const root = document.documentElement
  const theme: Theme | null = isTheme(value) ? value : null
  if (theme) root.dataset.theme = theme
  else delete root.dataset.theme
  for (const button of form.querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button.value === value))
  document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', theme ?? 'light dark')
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const system = meta.media.includes('dark') ? 'dark' : 'light'
    meta.content = THEME_COLORS[theme ?? system]
  }
}
