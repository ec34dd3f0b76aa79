import { currentLanguage } from './current'
import { isPseudo, LOCALES } from './languages'

const locale = () => LOCALES[currentLanguage()]

/** What `Intl` says in words is in the language of the reader too, as tests see it. */
const fromIntl = (text: string) => (isPseudo(currentLanguage()) ? `⟦${text}⟧` : text)

/** `12,345`, `0.5`: as whoever is answered writes numbers. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locale(), options).format(value)
}

/** `10 MB`, `1.4 MB`, `12 KB`: binary multiples under their everyday names, as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const
  const step = bytes >= 1024 ** 3 ? 3 : bytes >= 1024 ** 2 ? 2 : 1
  const value = step === 1 ? Math.max(1, bytes / 1024) : bytes / 1024 ** step
  const unit = units[step - 1]
  const text = formatNumber(value, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 })
  return fromIntl(text.replace('kB', 'KB'))
}

/** `12 Nov 2026`, by the calendar of UTC. */
export function formatDate(time: number): string {
  return fromIntl(new Date(time).toLocaleDateString(locale(), { dateStyle: 'medium', timeZone: 'UTC' }))
}

/** `November 2026`, by the calendar of UTC. */
export function formatMonth(time: number): string {
  return fromIntl(
    new Date(time).toLocaleDateString(locale(), { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  )
}

/** `12 Nov 2026, 14:05`, by the clock of whoever looks: for browser code. */
export function formatMoment(time: number): string {
  return fromIntl(new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' }))
}

/** `28 Nov 2026`, by the clock of whoever looks: for browser code. */
export function formatDay(time: number): string {
  return new Date(time).toLocaleDateString(locale(), { dateStyle: 'medium' })
}

/** `14:05`, by the clock of whoever looks: for browser code. */
export function formatTime(time: number): string {
  return fromIntl(new Date(time).toLocaleTimeString(locale(), { timeStyle: 'short' }))
}

/** `Ann, Ben and Cat`. */
export function formatList(items: string[]): string {
  return fromIntl(new Intl.ListFormat(locale()).format(items))
}

/**
 * The form of a text that goes with a number, `{n}` in it replaced by the number: `plural(2, { one: '{n} photo', other:
 * '{n} photos' })`. The categories are those of CLDR: https://cldr.unicode.org/index/cldr-spec/plural-rules
 */
export function plural(
  count: number,
  forms: { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>,
): string {
  const form = forms[new Intl.PluralRules(locale()).select(count)] ?? forms.other
  return form.replaceAll('{n}', formatNumber(count))
}
