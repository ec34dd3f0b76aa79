import type { Context } from 'hono'
import { readCookie } from '../../http/cookies'
import { isTheme, THEME_COLORS, THEMES, type Theme } from './themes'

/** The theme that was chosen in this browser; null where that of the system is followed. */
export function readTheme(c: Context): Theme | null {
  const chosen = readCookie(c, 'theme') ?? ''
  return isTheme(chosen) ? chosen : null
}

/** What a browser paints before the style sheet is there, and around the page. */
export function ThemeMetas({ theme }: { theme: Theme | null }) {
  return (
    <>
      <meta name="color-scheme" content={theme ?? 'light dark'} />
      {THEMES.map((system) => (
        <meta
          name="theme-color"
          media={`(prefers-color-scheme: ${system})`}
          content={THEME_COLORS[theme ?? system]}
        />
      ))}
    </>
  )
}
