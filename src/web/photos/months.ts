import { formatMonth } from '../../lang/formats'

/** What the order of photos and their months go by. */
export interface Placed {
  id: string
  /** Milliseconds since 1970. */
  createdAt: number
  /** When the picture was taken, by the clock of the camera; null where nobody knows. */
  takenAt: number | null
}

export interface Month<Photo> {
  /** `2026-11` */
  key: string
  /** `November 2026` */
  name: string
  photos: Photo[]
}

export function timeOf({ takenAt, createdAt }: Placed): number {
  return takenAt ?? createdAt
}

/** `2026-11`, by the calendar of UTC, in which the camera's clock is kept. */
export function monthOf(photo: Placed): string {
  return new Date(timeOf(photo)).toISOString().slice(0, 7)
}

export function nameMonth(key: string): string {
  return formatMonth(Date.parse(`${key}-15T00:00:00Z`))
}

/** Whether one photo stands before another: newest first, as the list of the API is. */
export function isBefore(one: Placed, other: Placed): boolean {
  const apart = timeOf(one) - timeOf(other)
  return apart === 0 ? one.id > other.id : apart > 0
}

/** Photos in their order, by month. */
export function groupByMonth<Photo extends Placed>(photos: Photo[]): Month<Photo>[] {
  const months: Month<Photo>[] = []
  for (const photo of photos) {
    const key = monthOf(photo)
    if (months.at(-1)?.key !== key) months.push({ key, name: nameMonth(key), photos: [] })
    months.at(-1)?.photos.push(photo)
  }
  return months
}
