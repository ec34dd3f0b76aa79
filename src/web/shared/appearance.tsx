import type { Context } from 'hono'
import monitorIcon from 'lucide-static/icons/monitor.svg'
import moonIcon from 'lucide-static/icons/moon.svg'
import sunIcon from 'lucide-static/icons/sun.svg'
import { LANGUAGES } from '../../lang/languages'
import { t } from '../../lang/layout'
import { Icon } from './icon'
import { chosenLanguage } from './speak'
import { readTheme } from './theme'

/** Theme and language as a person wants them in this browser: forms, each button of which is a choice. */
export function Appearance({ c }: { c: Context }) {
  const { pathname, search } = new URL(c.req.url)
  const action = `/appearance?next=${encodeURIComponent(pathname + search)}`
  const theme = readTheme(c) ?? 'system'
  const language = chosenLanguage(c) ?? 'auto'
  return (
    <>
      <form class="look" method="post" action={action} data-themes>
        <p id="theme-label">{t().theme}</p>
        <fieldset aria-labelledby="theme-label">
          <Choice name="theme" value="light" chosen={theme} icon={sunIcon} text={t().light} />
          <Choice name="theme" value="dark" chosen={theme} icon={moonIcon} text={t().dark} />
          <Choice name="theme" value="system" chosen={theme} icon={monitorIcon} text={t().system} />
        </fieldset>
      </form>
      <form class="look" method="post" action={action}>
        <p id="language-label">{t().language}</p>
        <fieldset aria-labelledby="language-label">
          <Choice name="language" value="auto" chosen={language} text={t().automatic} />
          {LANGUAGES.map((tag) => (
            <Choice name="language" value={tag} chosen={language} text={t().languages[tag]} lang={tag} />
          ))}
        </fieldset>
      </form>
    </>
  )
}

interface ChoiceView {
  name: string
  value: string
  /** The value of the choice that stands. */
  chosen: string
  text: string
  icon?: string
  lang?: string
}

function Choice({ name, value, chosen, text, icon, lang }: ChoiceView) {
  return (
    <button type="submit" name={name} value={value} lang={lang} aria-pressed={String(value === chosen)}>
      {icon && <Icon svg={icon} />}
      <span>{text}</span>
    </button>
  )
}
