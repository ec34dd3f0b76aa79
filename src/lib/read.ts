/**
 * All bytes of a body, or null as soon as there are more than `limit`: an announced length is not to be trusted.
 * They are read into one piece of memory of the limit's size: never are there two of all that came.
 * @param limit in bytes
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const held = new Uint8Array(limit)
  let length = 0
  for await (const chunk of body ?? []) {
    if (length + chunk.byteLength > limit) return null
    held.set(chunk, length)
    length += chunk.byteLength
  }
  return held.subarray(0, length)
}
