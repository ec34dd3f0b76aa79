import type { Context } from 'hono'
import bookIcon from 'lucide-static/icons/book-open.svg'
import imagesIcon from 'lucide-static/icons/images.svg'
import inboxIcon from 'lucide-static/icons/inbox.svg'
import albumIcon from 'lucide-static/icons/library.svg'
import logOutIcon from 'lucide-static/icons/log-out.svg'
import settingsIcon from 'lucide-static/icons/settings.svg'
import lookIcon from 'lucide-static/icons/sun-moon.svg'
import sharedIcon from 'lucide-static/icons/users.svg'
import assets from '../../../dist/assets.json'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/layout'
import { showEmail } from '../../lib/email'
import { Appearance } from './appearance'
import { Icon } from './icon'

type Person = NonNullable<AppEnv['Variables']['user']>

/**
 * The top of every page: the ways through it, and who is signed in or the way to be.
 * @param view.section the page that this one was opened from, where its own path does not say
 */
export function Header({ c, section }: { c: Context<AppEnv>; section?: string }) {
  const { path } = c.req
  const at = { path, section: section ?? path }
  const { user } = c.var
  return (
    <header class="header">
      <div class="page full">
        <a class="brand" href={user ? '/photos' : '/'} aria-label="Cameo">
          <img src={assets['icon.svg']} width="28" height="28" alt="" />
          <span>Cameo</span>
        </a>
        {user ? (
          <>
            <nav class="main" aria-label={t().main}>
              <NavLink href="/photos" icon={imagesIcon} text={t().photos} at={at} />
              <NavLink href="/albums" icon={albumIcon} text={t().albums} at={at} />
              <NavLink href="/shared" also="/tagged" icon={sharedIcon} text={t().shared} at={at} />
              <InboxLink at={at} />
            </nav>
            <PersonMenu c={c} user={user} />
          </>
        ) : (
          <nav class="guest" aria-label={t().main}>
            <NavLink href="/docs" icon={bookIcon} text={t().guide} at={at} />
            <details class="menu" data-menu>
              <summary aria-label={t().appearance} title={t().appearance}>
                <Icon svg={lookIcon} />
              </summary>
              <div class="menu-body">
                <Appearance c={c} />
              </div>
            </details>
            {path !== '/sign-in' && (
              <a class="button small" href="/sign-in">
                {t().signIn}
              </a>
            )}
          </nav>
        )}
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
  at: Place
}

/** The path of this page, and that of the page it belongs to. */
interface Place {
  path: string
  section: string
}

function NavLink({ href, also, icon, text, at }: NavLinkView) {
  return (
    <a class="nav-link" href={href} aria-current={currentOf(at, { href, also })} title={text}>
      <Icon svg={icon} />
      <span>{text}</span>
    </a>
  )
}

/** The way to the inbox, with the number of people who wrote, which browser code shows. */
function InboxLink({ at }: { at: Place }) {
  const href = '/inbox'
  return (
    <a class="nav-link" href={href} aria-current={currentOf(at, { href })} title={t().inbox} data-inbox-link>
      <span class="counted">
        <Icon svg={inboxIcon} />
        <span class="count" aria-hidden="true" data-inbox-count="" hidden />
      </span>
      <span>{t().inbox}</span>
    </a>
  )
}

function currentOf({ path, section }: Place, { href, also }: { href: string; also?: string }) {
  const isWithin = section === href || section.startsWith(`${href}/`) || section === also
  return path === href ? 'page' : isWithin ? 'true' : undefined
}

/** Who is signed in, what is theirs alone, and the way out: on every page, for whoever sits at another's computer. */
function PersonMenu({ c, user }: { c: Context<AppEnv>; user: Person }) {
  const { path } = c.req
  const at = { path, section: path }
  const email = showEmail(user.email)
  return (
    <details class="menu" data-menu>
      <summary aria-label={t().account} title={t().account}>
        <OwnFace user={user} size={36} />
      </summary>
      <div class="menu-body">
        <div class="menu-who">
          <OwnFace user={user} size={48} />
          <div>
            {user.displayName && <strong dir="auto">{user.displayName}</strong>}
            <span class="email" data-primary-email>
              {email}
            </span>
          </div>
        </div>
        <div class="menu-links">
          <a href="/settings" aria-current={currentOf(at, { href: '/settings' })}>
            <Icon svg={settingsIcon} />
            <span>{t().settings}</span>
          </a>
          <a href="/docs" aria-current={currentOf(at, { href: '/docs' })}>
            <Icon svg={bookIcon} />
            <span>{t().guide}</span>
          </a>
        </div>
        <hr />
        <Appearance c={c} />
        <hr />
        <form class="menu-links" method="post" action="/sign-out">
          <button type="submit" title={t().signOutWho(email)}>
            <Icon svg={logOutIcon} />
            <span>{t().signOut}</span>
          </button>
        </form>
      </div>
    </details>
  )
}

/**
 * The person's picture as others see it, of any rating. The browser may keep it for minutes: `v`, which the server does
 * not look at, makes it another address when another photo is active.
 */
function OwnFace({ user: { publicKey, activePhotoId }, size }: { user: Person; size: 36 | 48 }) {
  const src = `/${publicKey}?s=96&r=x&d=identicon&v=${activePhotoId?.slice(0, 8) ?? 'none'}`
  return <img src={src} width={size} height={size} alt="" decoding="async" />
}
