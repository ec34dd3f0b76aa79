import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import bookIcon from 'lucide-static/icons/book-open.svg'
import imagesIcon from 'lucide-static/icons/images.svg'
import inboxIcon from 'lucide-static/icons/inbox.svg'
import albumIcon from 'lucide-static/icons/library.svg'
import logOutIcon from 'lucide-static/icons/log-out.svg'
import settingsIcon from 'lucide-static/icons/settings.svg'
import sharedIcon from 'lucide-static/icons/users.svg'
import assets from '../../../dist/assets.json'
import type { AppEnv } from '../../accounts/asking'
import { loadConfig } from '../../config'
import { currentLanguage } from '../../lang/current'
import { t } from '../../lang/layout'
import { showEmail } from '../../lib/email'
import { findScript, type Script } from './bundles'
import { Icon } from './icon'
import { SessionNotice } from './session-notice'
import { UploadTray } from './uploads/tray'

interface Page {
  title: string
  /** The bundle of this page's browser code. */
  script?: Script
  /** Whether nothing can be done here without it. */
  needsScript?: boolean
  /** `narrow` for forms and text, `full` for one picture. */
  width?: 'narrow' | 'wide' | 'full'
  status?: ContentfulStatusCode
  children: Child
}

/** Answers with a whole page: head, header with navigation, the content, footer. */
export function renderPage(c: Context<AppEnv>, page: Page) {
  const { title, script, needsScript = false, width = 'wide', status = 200, children } = page
  const document = (
    <html lang={currentLanguage()} dir={currentLanguage() === 'ar-XB' ? 'rtl' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf9f7" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141514" />
        <title dir="auto">{title === 'Cameo' ? `Cameo: ${t().claim}` : `${title} · Cameo`}</title>
        <link rel="icon" sizes="32x32" href="/favicon.ico" />
        <link rel="icon" type="image/svg+xml" href={assets['icon.svg']} />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
        <link rel="stylesheet" href={assets['style.css']} />
        {c.var.user && <script type="module" src={findScript('badge')} />}
        {c.var.user && <script type="module" src={findScript('tray')} />}
        {script && <script type="module" src={findScript(script)} />}
      </head>
      <body data-user={c.var.user?.id}>
        <a class="skip" href="#main">
          {t().skip}
        </a>
        <Header path={c.req.path} user={c.var.user} />
        <main id="main" class={`page ${width}`} tabindex={-1}>
          {needsScript && (
            <noscript>
              <p class="message error">{t().needsScript}</p>
            </noscript>
          )}
          {children}
        </main>
        <footer class="footer">
          <div class="page wide">
            <span>{t().promise}</span>
            <nav aria-label={t().more}>
              <a href="/docs">{t().embeddingGuide}</a>
              <a href="/docs/errors">{t().errorCodes}</a>
            </nav>
          </div>
        </footer>
        {c.var.user && <SessionNotice path={c.req.path} />}
        {c.var.user && <p class="visually-hidden" role="status" data-inbox-status />}
        {c.var.user && <UploadTray maxBytes={loadConfig(c.env).maxUploadBytes} />}
        <div class="toasts" role="status" aria-live="polite" data-toasts />
      </body>
    </html>
  )
  return c.html(html`<!doctype html>${document}`, status)
}

function Header({ path, user }: { path: string; user: AppEnv['Variables']['user'] | undefined }) {
  return (
    <header class="header">
      <div class="page wide">
        <a class="brand" href={user ? '/photos' : '/'} aria-label="Cameo">
          <img src={assets['icon.svg']} width="28" height="28" alt="" />
          <span>Cameo</span>
        </a>
        <nav aria-label={t().main}>
          {user ? (
            <>
              <NavLink href="/photos" icon={imagesIcon} text={t().photos} path={path} />
              <NavLink href="/albums" icon={albumIcon} text={t().albums} path={path} />
              <NavLink href="/shared" also="/tagged" icon={sharedIcon} text={t().shared} path={path} />
              <InboxLink path={path} />
              <NavLink href="/settings" icon={settingsIcon} text={t().settings} path={path} />
            </>
          ) : (
            <>
              <NavLink href="/docs" icon={bookIcon} text={t().guide} path={path} />
              {path !== '/sign-in' && (
                <a class="button small" href="/sign-in">
                  {t().signIn}
                </a>
              )}
            </>
          )}
        </nav>
        {user && <SignOut email={user.email} />}
      </div>
    </header>
  )
}

interface NavLinkView {
  href: string
  /** A page that stands behind the same entry. */
  also?: string
  icon: string
  text: string
  path: string
}

function NavLink({ href, also, icon, text, path }: NavLinkView) {
  return (
    <a class="nav-link" href={href} aria-current={currentOf({ path, href, also })} title={text}>
      <Icon svg={icon} />
      <span>{text}</span>
    </a>
  )
}

/** The way to the inbox, with the number of people who wrote, which browser code shows. */
function InboxLink({ path }: { path: string }) {
  const href = '/inbox'
  return (
    <a
      class="nav-link"
      href={href}
      aria-current={currentOf({ path, href })}
      title={t().inbox}
      data-inbox-link
    >
      <span class="counted">
        <Icon svg={inboxIcon} />
        <span class="count" aria-hidden="true" data-inbox-count hidden />
      </span>
      <span>{t().inbox}</span>
    </a>
  )
}

function currentOf({ path, href, also }: Pick<NavLinkView, 'path' | 'href' | 'also'>) {
  const isWithin = path.startsWith(`${href}/`) || path === also
  return path === href ? 'page' : isWithin ? 'true' : undefined
}

/** Who is signed in, and the way out: on every page, for whoever sits at another's computer. */
function SignOut({ email }: { email: string }) {
  const shown = showEmail(email)
  return (
    <form class="sign-out" method="post" action="/sign-out">
      <span class="who" title={shown} data-primary-email>
        {shown}
      </span>
      <button type="submit" class="nav-link" aria-label={t().signOut} title={t().signOutWho(shown)}>
        <Icon svg={logOutIcon} />
        <span>{t().signOut}</span>
      </button>
    </form>
  )
}
