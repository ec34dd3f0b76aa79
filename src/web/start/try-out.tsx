import shieldIcon from 'lucide-static/icons/shield-check.svg'
import { t } from '../../lang/start'
import { findScript } from '../shared/bundles'
import { Icon } from '../shared/icon'

/** The styles of default picture that are different for everybody. */
const STYLES = ['wavatar', 'monsterid', 'robohash', 'retro', 'identicon', 'initials']

/** Hashes of no address at all, as long as real ones: a key without an account shows the default pictures. */
const NOBODY = { sha256: 'facade'.padEnd(64, '7'), md5: 'facade'.padEnd(32, '7'), initials: 'FD' }

/** A field to type an e-mail into: the browser itself shows what follows from it. Without a script, an example. */
export function TryOut() {
  const { tryOut } = t()
  return (
    <section
      class="try-out card"
      aria-labelledby="try-out-title"
      data-try-out
      data-drawing={findScript('drawing')}
    >
      <h2 id="try-out-title">{tryOut.title}</h2>
      <div class="field">
        <label for="try-out-email">{tryOut.email}</label>
        <input
          id="try-out-email"
          type="email"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder={tryOut.placeholder}
          aria-describedby="try-out-promise"
        />
      </div>
      <ul class="try-out-pictures" aria-label={tryOut.pictures}>
        {STYLES.map((style) => {
          const src = `/${NOBODY.sha256}?s=144&d=${style}${style === 'initials' ? `&initials=${NOBODY.initials}` : ''}`
          return (
            <li>
              <img src={src} width="72" height="72" alt="" data-style={style} data-nobody={src} />
              <code>{style}</code>
            </li>
          )
        })}
      </ul>
      <dl aria-label={tryOut.hashes}>
        <div>
          <dt>SHA-256</dt>
          <dd>
            <code data-sha256 data-nobody={NOBODY.sha256}>
              {NOBODY.sha256}
            </code>
          </dd>
        </div>
        <div>
          <dt>MD5</dt>
          <dd>
            <code data-md5 data-nobody={NOBODY.md5}>
              {NOBODY.md5}
            </code>
          </dd>
        </div>
      </dl>
      <p class="try-out-promise small" id="try-out-promise">
        <Icon svg={shieldIcon} />
        <span>{tryOut.promise}</span>
      </p>
      <p class="visually-hidden" role="status" data-status />
    </section>
  )
}
