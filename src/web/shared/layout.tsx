import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import assets from '../../../dist/assets.json'
import type { AppEnv } from '../../accounts/asking'
import { loadConfig } from '../../config'
import { currentLanguage } from '../../lang/current'
import { t } from '../../lang/layout'
import { findScript, type Script } from './bundles'
import { Header } from './header'
import { SessionNotice } from './session-notice'
import { tellLanguage } from './speak'
import { readTheme, ThemeMetas } from './theme'
import { UploadTray } from './uploads/tray'
import { WHOLE, WholeEnd } from './whole'

interface Page {
  title: string
  /** The bundle of this page's browser code. */
  script?: Script
  /** Whether nothing can be done here without it. */
  needsScript?: boolean
  /** `narrow` for forms and text, `full` for pictures. */
  width?: 'narrow' | 'wide' | 'full'
  status?: ContentfulStatusCode
  /** The page that this one was opened from, where its own path does not say. */
  section?: string
  children: Child
}

/** Answers with a whole page: head, header with navigation, the content, footer. */
export function renderPage(c: Context<AppEnv>, page: Page) {
  const { title, script, needsScript = false, width = 'wide', status = 200, section, children } = page
  const { user } = c.var
  tellLanguage(c)
  const theme = readTheme(c)
  const document = (
    <html
      lang={currentLanguage()}
      dir={currentLanguage() === 'ar-XB' ? 'rtl' : undefined}
      class={user ? 'docked' : undefined}
      data-theme={theme ?? undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <ThemeMetas theme={theme} />
        <title dir="auto">{title === 'Cameo' ? `Cameo: ${t().claim}` : `${title} · Cameo`}</title>
        <meta name="description" content={t().app.description} />
        <link rel="icon" sizes="32x32" href="/favicon.ico" />
        <link rel="icon" type="image/svg+xml" href={assets['icon.svg']} />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials" />
        {WHOLE}
        <link rel="stylesheet" href={assets['style.css']} />
        <script type="module" src={findScript(user ? 'badge' : 'guest')} />
        {user && <script type="module" src={findScript('tray')} />}
        {script && <script type="module" src={findScript(script)} />}
      </head>
      <body data-user={user?.id}>
        <a class="skip" href="#main">
          {t().skip}
        </a>
        <Header c={c} section={section} />
        <main id="main" class={`page ${width}`} tabindex={-1}>
          {needsScript && (
            <noscript>
              <p class="message error">{t().needsScript}</p>
            </noscript>
          )}
          {children}
        </main>
        <WholeEnd />
        <footer class="footer">
          <div class="page wide">
            <span>{t().promise}</span>
            <nav aria-label={t().more}>
              <a href="/docs">{t().embeddingGuide}</a>
              <a href="/docs/api">{t().apiReference}</a>
              <a href="/docs/errors">{t().errorCodes}</a>
            </nav>
          </div>
        </footer>
        {user && <SessionNotice path={c.req.path} />}
        {user && <p class="visually-hidden" role="status" data-inbox-status />}
        {user && <UploadTray maxBytes={loadConfig(c.env).maxUploadBytes} />}
        <div class="toasts" role="status" aria-live="polite" data-toasts />
      </body>
    </html>
  )
  return c.html(html`<!doctype html>${document}`, status)
}
