import type { Context } from 'hono'
import downloadIcon from 'lucide-static/icons/folder-down.svg'
import lockIcon from 'lucide-static/icons/lock.svg'
import mailIcon from 'lucide-static/icons/mail.svg'
import refreshIcon from 'lucide-static/icons/refresh-cw.svg'
import scalingIcon from 'lucide-static/icons/scaling.svg'
import shieldIcon from 'lucide-static/icons/shield-check.svg'
import timerIcon from 'lucide-static/icons/timer.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/start'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { TryOut } from './try-out'

/** /: what Cameo is, for those who are not signed in. */
export function renderStart(c: Context<AppEnv>) {
  return renderPage(c, {
    title: 'Cameo',
    script: 'start',
    children: (
      <div class="start">
        {c.req.query('account') === 'deleted' && (
          <p class="message info" role="status" data-deleted>
            {t().deleted}
          </p>
        )}
        <section class="hero">
          <div>
            <h1>{t().title}</h1>
            <p class="lead">{t().lead}</p>
            <p class="actions">
              <a class="button primary large" href="/sign-in">
                {t().getUrl}
              </a>
              <a class="button plain large" href="/docs">
                {t().howToEmbed}
              </a>
            </p>
            <p class="hint small">{t().noPassword}</p>
          </div>
          <TryOut />
        </section>
        <Features
          id="face"
          title={t().face}
          icons={[refreshIcon, lockIcon, scalingIcon]}
          list={Object.values(t().faces)}
        />
        <Features
          id="shares"
          title={t().photos}
          icons={[mailIcon, timerIcon, downloadIcon]}
          list={Object.values(t().shares)}
        />
        <p class="stance">
          <Icon svg={shieldIcon} />
          <span>{t().stance}</span>
        </p>
      </div>
    ),
  })
}

interface FeaturesView {
  id: string
  title: string
  /** One for each of the list. */
  icons: string[]
  list: { title: string; text: string }[]
}

function Features({ id, title, icons, list }: FeaturesView) {
  return (
    <section class="features" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {list.map((feature, at) => (
          <li class="feature">
            <Icon svg={icons[at] ?? ''} />
            <h3>{feature.title}</h3>
            <p>{feature.text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
