import { formatDate } from '../../lang/formats'

interface MomentView {
  time: number
  /** Of other days the day alone: for a list. */
  isShort?: boolean
}

/** When something was. The page says the day; browser code, which knows the reader's clock, the time too. */
export function Moment({ time, isShort = false }: MomentView) {
  return (
    <time dateTime={new Date(time).toISOString()} data-moment={time} data-short={isShort || undefined}>
      {formatDate(time)}
    </time>
  )
}
