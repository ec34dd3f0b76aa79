import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import backIcon from 'lucide-static/icons/arrow-left.svg'
import mailIcon from 'lucide-static/icons/at-sign.svg'
import onIcon from 'lucide-static/icons/chevron-right.svg'
import dataIcon from 'lucide-static/icons/database.svg'
import tokenIcon from 'lucide-static/icons/key-round.svg'
import deviceIcon from 'lucide-static/icons/monitor-smartphone.svg'
import privacyIcon from 'lucide-static/icons/shield.svg'
import profileIcon from 'lucide-static/icons/user-round.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/settings'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'

/** The sections in their order, each a page of its own, and its icon. */
const ICONS = {
  profile: profileIcon,
  addresses: mailIcon,
  privacy: privacyIcon,
  devices: deviceIcon,
  tokens: tokenIcon,
  data: dataIcon,
}

export type Section = keyof typeof ICONS

export const SECTIONS = Object.keys(ICONS) as Section[]

interface SettingsView {
  section: Section
  /** Whether it is the front page: on a phone the list of all sections, else the list beside the first one. */
  front?: boolean
  children: Child
}

/** /settings and each section below it: the list at the side, on a phone one page before the section. */
export function renderSettings(c: Context<AppEnv>, { section, front = false, children }: SettingsView) {
  const { title } = t().names[section]
  return renderPage(c, {
    title: front ? t().title : `${title} · ${t().title}`,
    script: 'settings',
    needsScript: !front && section !== 'profile',
    children: (
      <div class={`settings ${front ? 'front' : 'inner'}`}>
        <div class="settings-head">
          {front ? <h1>{t().title}</h1> : <p class="settings-title">{t().title}</p>}
          <nav aria-label={t().sections}>
            <ul>
              {SECTIONS.map((name) => (
                <li>
                  <SectionLink name={name} current={name === section} front={front} />
                </li>
              ))}
            </ul>
          </nav>
        </div>
        <div class="settings-sections">
          {front && <h2 class="settings-title">{title}</h2>}
          {!front && (
            <div class="settings-top">
              <a class="settings-back" href="/settings">
                <Icon svg={backIcon} />
                {t().all}
              </a>
              <h1 tabindex={-1} data-section-title>
                {title}
              </h1>
            </div>
          )}
          {children}
        </div>
      </div>
    ),
  })
}

function SectionLink({ name, current, front }: { name: Section; current: boolean; front: boolean }) {
  const { title, about } = t().names[name]
  return (
    <a
      href={`/settings/${name}`}
      class={current ? 'shown' : undefined}
      aria-current={current && !front ? 'page' : undefined}
    >
      <Icon svg={ICONS[name]} />
      <span class="grow">
        {title}
        <span class="settings-about small">{about}</span>
      </span>
      <Icon svg={onIcon} />
    </a>
  )
}
