import { formatDate } from '../../lang/formats'

/** When something was. The page says the day; browser code, which knows the reader's clock, the time too. */
export function Moment({ time }: { time: number }) {
  return (
    <time dateTime={new Date(time).toISOString()} data-moment={time}>
      {formatDate(time)}
    </time>
  )
}
