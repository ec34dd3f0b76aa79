import type { Capabilities } from '../capabilities'
import type { SuggestionJson } from './answers'
export async function suggestTags(
  _caps: Pick<Capabilities, 'db' | 'bucket'>,
  _values: { userId: string; photoId: string },
): Promise<SuggestionJson[]> {
  return []
}
