/** From what everybody may see to what only adults should: https://docs.gravatar.com/sdk/images/#rating */
export const RATINGS = ['g', 'pg', 'r', 'x'] as const
export type Rating = (typeof RATINGS)[number]

/** Whether a photo of one rating may be shown to who asks for another at most. */
export function isWithin(rating: Rating, highest: Rating): boolean {
  return RATINGS.indexOf(rating) <= RATINGS.indexOf(highest)
}
