// Milliseconds, the unit of every stored time. What a header or a cookie wants in seconds is divided by SECOND.

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
