import { callApi } from './api.client'

/**
 * All items of a list of the API, page by page: for those that have a ceiling.
 * @throws Refusal
 */
export async function readAll<T>(path: string): Promise<T[]> {
  const all: T[] = []
  let cursor: string | null | undefined
  do {
    const query = cursor ? `?limit=100&cursor=${encodeURIComponent(cursor)}` : '?limit=100'
    const page = await callApi<{ items: T[]; nextCursor?: string | null }>('GET', `${path}${query}`)
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return all
}
