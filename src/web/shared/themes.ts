// Pure values, shared by the pages and the browser code.

/** What somebody may choose instead of what their system says. */
export const THEMES = ['light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

/** The colour of the header, `--surface` of tokens.css, which browsers give to what they draw around a page. */
export const THEME_COLORS: Record<Theme, string> = { light: '#fff', dark: '#1b1e1d' }

export function isTheme(text: string): text is Theme {
  return THEMES.some((theme) => theme === text)
}
