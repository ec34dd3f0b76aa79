/** Longest wait between two tries, in seconds. */
const MAX_DELAY = 15 * 60

/**
 * How long a queue should wait before the next try, in seconds: `first`, then twice as long each time, up to a
 * quarter of an hour. A hundred tries then last a day, and what is down is not asked more often than it can bear.
 * @param attempts how often the message has been delivered, from 1
 */
export function backOff(attempts: number, first: number): number {
  return Math.min(MAX_DELAY, first * 2 ** Math.min(attempts - 1, 10))
}
