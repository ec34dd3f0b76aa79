import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import bookIcon from 'lucide-static/icons/book-open.svg'
import imagesIcon from 'lucide-static/icons/images.svg'
import settingsIcon from 'lucide-static/icons/settings.svg'
import assets from '../../../dist/assets.json'
import type { AppEnv } from '../../accounts/asking'
import { Icon } from './icon'

interface Page {
  title: string
  /** The bundle of this page's browser code. */
  script?: keyof typeof assets
  /** Whether the page does nothing without its code. */
  needsScript?: boolean
  /** `narrow` for forms and text. */
  width?: 'narrow' | 'wide'
  status?: ContentfulStatusCode
  children: Child
}

/** Answers with a whole page: head, header with navigation, the content, footer. */
export function renderPage(c: Context<AppEnv>, page: Page) {
  const { title, script, needsScript = script !== undefined, width = 'wide', status = 200, children } = page
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf9f7" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141514" />
        <title>{title === 'Cameo' ? 'Cameo: one URL for your face' : `${title} · Cameo`}</title>
        <link rel="icon" type="image/svg+xml" href={assets['icon.svg']} />
        <link rel="stylesheet" href={assets['style.css']} />
        {script && <script type="module" src={assets[script]} />}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Header path={c.req.path} signedIn={Boolean(c.var.user)} />
        <main id="main" class={`page ${width}`} tabindex={-1}>
          {needsScript && (
            <noscript>
              <p class="message error">This page needs JavaScript. Switch it on for this site.</p>
            </noscript>
          )}
          {children}
        </main>
        <footer class="footer">
          <div class="page wide">
            <span>Cameo: one URL for your face, and a private place for your pictures.</span>
            <nav aria-label="More">
              <a href="/docs">Embedding guide</a>
              <a href="/docs/errors">Error codes</a>
            </nav>
          </div>
        </footer>
        <div class="toasts" role="status" aria-live="polite" data-toasts />
      </body>
    </html>
  )
  return c.html(html`<!doctype html>${document}`, status)
}

function Header({ path, signedIn }: { path: string; signedIn: boolean }) {
  return (
    <header class="header">
      <div class="page wide">
        <a class="brand" href={signedIn ? '/photos' : '/'}>
          <img src={assets['icon.svg']} width="28" height="28" alt="" />
          Cameo
        </a>
        <nav aria-label="Main">
          {signedIn ? (
            <>
              <NavLink href="/photos" icon={imagesIcon} text="Photos" path={path} />
              <NavLink href="/settings" icon={settingsIcon} text="Settings" path={path} />
            </>
          ) : (
            <>
              <NavLink href="/docs" icon={bookIcon} text="Guide" path={path} />
              {path !== '/sign-in' && (
                <a class="button small" href="/sign-in">
                  Sign in
                </a>
              )}
            </>
          )}
        </nav>
      </div>
    </header>
  )
}

function NavLink({ href, icon, text, path }: { href: string; icon: string; text: string; path: string }) {
  return (
    <a class="nav-link" href={href} aria-current={path === href ? 'page' : undefined}>
      <Icon svg={icon} />
      {text}
    </a>
  )
}
