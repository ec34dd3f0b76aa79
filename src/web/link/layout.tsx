import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import assets from '../../../dist/assets.json'
import { currentLanguage } from '../../lang/current'
import { findScript } from '../shared/bundles'
import { tellLanguage } from '../shared/speak'
import { readTheme, ThemeMetas } from '../shared/theme'
import { WHOLE, WholeEnd } from '../shared/whole'
import { setLinkHeaders } from './headers'

interface LinkPage {
  /** null for the name of the service alone. */
  title: string | null
  width?: 'narrow' | 'wide'
  withScript?: boolean
  status?: ContentfulStatusCode
  children: Child
  /** Beside the page: what the script lays over it. */
  above?: Child
}

/**
 * Answers with a page for whoever holds a link: the name of the service, what the link shows, and no way to anything
 * else. Nobody is asked who they are. What programs make a preview of says no more than the name.
 */
export function renderLinkPage(c: Context, page: LinkPage) {
  const { title, width = 'wide', withScript = false, status = 200, children, above } = page
  setLinkHeaders(c)
  tellLanguage(c)
  const theme = readTheme(c)
  const document = (
    <html
      lang={currentLanguage()}
      dir={currentLanguage() === 'ar-XB' ? 'rtl' : undefined}
      data-theme={theme ?? undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <ThemeMetas theme={theme} />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <meta property="og:site_name" content="Cameo" />
        <meta property="og:title" content="Cameo" />
        <title>{title === null ? 'Cameo' : `${title} · Cameo`}</title>
        <link rel="icon" sizes="32x32" href="/favicon.ico" />
        <link rel="icon" type="image/svg+xml" href={assets['icon.svg']} />
        {WHOLE}
        <link rel="stylesheet" href={assets['style.css']} />
        {withScript && <script type="module" src={findScript('link')} />}
      </head>
      <body class="link">
        <div class="link-page" data-behind>
          <header class="header">
            <div class="page wide">
              <span class="brand">
                <img src={assets['icon.svg']} width="28" height="28" alt="" />
                <span>Cameo</span>
              </span>
            </div>
          </header>
          <main id="main" class={`page ${width}`} tabindex={-1}>
            {children}
          </main>
          <WholeEnd />
        </div>
        {above}
      </body>
    </html>
  )
  return c.html(html`<!doctype html>${document}`, status)
}
