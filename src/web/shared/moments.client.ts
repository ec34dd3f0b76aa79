import { formatDay, formatMoment, formatTime } from '../../lang/formats'

/** Says by the reader's clock when something was: of today the time alone. */
export function showMoments(root: ParentNode): void {
  const today = new Date().toDateString()
  for (const time of root.querySelectorAll<HTMLElement>('time[data-moment]')) {
    const moment = new Date(Number(time.dataset.moment))
    const whole = formatMoment(moment.getTime())
    time.title = whole
    const ofOtherDays = time.dataset.short === undefined ? whole : formatDay(moment.getTime())
    time.textContent = moment.toDateString() === today ? formatTime(moment.getTime()) : ofOtherDays
  }
}
