import { formatDate } from '../../lang/formats'

/** A day, for people and for programs. `time` is milliseconds since 1970. */
export function Day({ time }: { time: number }) {
  return <time datetime={new Date(time).toISOString()}>{formatDate(time)}</time>
}
