import type { Context } from 'hono'
import lockIcon from 'lucide-static/icons/lock.svg'
import refreshIcon from 'lucide-static/icons/refresh-cw.svg'
import scalingIcon from 'lucide-static/icons/scaling.svg'
import shieldIcon from 'lucide-static/icons/shield-check.svg'
import type { AppEnv } from '../../accounts/asking'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'

const STYLES = ['wavatar', 'monsterid', 'robohash', 'retro', 'identicon', 'initials']

/** Hashes of no address at all, and letters for each: a key without an account shows the default pictures. */
const NOBODIES = [
  { key: 'e1fe'.padEnd(64, '7'), initials: 'EF' },
  { key: 'decade'.padEnd(64, '7'), initials: 'DC' },
  { key: 'facade'.padEnd(64, '7'), initials: 'FD' },
] as const

/** /: what Cameo is, for those who are not signed in. */
export function renderStart(c: Context<AppEnv>) {
  return renderPage(c, {
    title: 'Cameo',
    script: 'start',
    children: (
      <div class="start">
        {c.req.query('account') === 'deleted' && (
          <p class="message info" role="status" data-deleted>
            Your account is deleted, with everything in it. Signing in again makes a new, empty one.
          </p>
        )}
        <section class="hero">
          <div>
            <h1>One URL for your face</h1>
            <p class="lead">
              Put one URL wherever your picture belongs. Change the picture once, and all those places show
              the new one within minutes. The rest of your photos stay private.
            </p>
            <p class="actions">
              <a class="button primary large" href="/sign-in">
                Get your URL
              </a>
              <a class="button plain large" href="/docs">
                How to embed it
              </a>
            </p>
            <p class="hint small">No password. Your e&#8209;mail is enough.</p>
          </div>
          <Sample />
        </section>
        <section class="features" aria-label="What it does">
          <Feature icon={refreshIcon} title="Change it once">
            Upload many photos and make one active. Your URL shows it from then on; others hold the old one up
            to five minutes.
          </Feature>
          <Feature icon={lockIcon} title="Private unless active">
            Only your active photo is public, without location or camera data. The others are seen by you
            alone.
          </Feature>
          <Feature icon={scalingIcon} title="Fits wherever it goes">
            From 16 to 2048 pixels, in a small format that the browser reads. Software that lets you choose
            its Gravatar server can use it.
          </Feature>
        </section>
        <p class="stance">
          <Icon svg={shieldIcon} />
          <span>
            No ads, no trackers, no cookies with pictures. Your e&#8209;mail is never shown, and only you
            decide whether it leads to your picture.
          </span>
        </p>
        <section class="styles" aria-labelledby="styles-title">
          <h2 id="styles-title">No photo yet? Each site chooses what stands in for you</h2>
          <ul>
            {STYLES.map((style) => (
              <li>
                {NOBODIES.map(({ key, initials }) => (
                  <img
                    src={`/${key}?s=144&d=${style}${style === 'initials' ? `&initials=${initials}` : ''}`}
                    width="72"
                    height="72"
                    alt=""
                    loading="lazy"
                  />
                ))}
                <code>d={style}</code>
              </li>
            ))}
          </ul>
        </section>
      </div>
    ),
  })
}

/** The same picture in places that people know. */
function Sample() {
  const picture = (size: number) => (
    <img src={`/${NOBODIES[0].key}?s=${size * 2}&d=wavatar`} width={size} height={size} alt="" />
  )
  return (
    <div class="sample" aria-hidden="true">
      <div class="sample-profile">
        {picture(112)}
        <span class="line" />
        <span class="line short" />
      </div>
      <div class="sample-comment">
        {picture(40)}
        <span>
          <span class="line" />
          <span class="line" />
          <span class="line short" />
        </span>
      </div>
      <div class="sample-comment">
        {picture(24)}
        <span>
          <span class="line" />
        </span>
      </div>
    </div>
  )
}

function Feature({ icon, title, children }: { icon: string; title: string; children: string }) {
  return (
    <div class="feature">
      <Icon svg={icon} />
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  )
}
