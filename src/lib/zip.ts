import { makeZip } from 'client-zip'

/** One file of an archive. */
export interface ZipFile {
  /** Its path in the archive, `/` between folders. */
  name: string
  /** Milliseconds since 1970; the archive holds it to two seconds. */
  modifiedAt: number
  /** Read when the file is due. No empty parts. Ended (`return`) where the reader of the archive goes away. */
  body: AsyncGenerator<Uint8Array | string>
}

/** As many entries are counted in two bytes: from here on the number itself is a sign that it stands elsewhere. */
const MANY = 0xffff

/**
 * An archive of files, stored as they are, made while it is read: nothing is asked of a file before the reader has taken
 * what stands before it. Sizes and checksums stand behind each file (data descriptors); ZIP64 where 32 bits do not hold
 * an offset or a size, or 16 the number of files. Ends the files, and the one that is being read, where the reader
 * cancels.
 * @param files their list, which may be long: it is read as the archive is
 * @param failed told what went wrong while the archive was read. It is then broken off, with an error that says no more
 */
export function writeZip(
  files: AsyncGenerator<ZipFile>,
  failed: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  let count = 0
  async function* entries() {
    for await (const { name, modifiedAt, body } of files) {
      count++
      try {
        yield { name, lastModified: modifiedAt, input: body }
      } finally {
        await body.return(undefined) // the library leaves the body alone when it is cancelled
      }
    }
  }
  const zip = makeZip(entries()).getReader()
  const last: Uint8Array[] = [] // the last two parts, which may be the end records
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const { done, value } = await zip.read()
            if (done) {
              for (const part of completeEnd(last, count)) controller.enqueue(part)
              return controller.close()
            }
            last.push(value)
            if (last.length > 2) return controller.enqueue(last.shift() as Uint8Array)
          }
        } catch (error) {
          failed(error)
          throw new Error('the archive broke off') // what leaves here may be logged by the platform as it is
        }
      },
      async cancel(reason) {
        await zip.cancel(reason).catch(() => {}) // the reason comes back as an error of the list of files
      },
    },
    { highWaterMark: 0 }, // nothing before it is asked for
  )
}

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50

/**
 * The end of the archive, with the ZIP64 records that an archive of many files needs (APPNOTE.TXT, 4.3.14 to 4.3.16).
 * client-zip 2.5.1 writes them for sizes alone; a later one may write them for the number too.
 * @param parts the last two of the archive
 */
function completeEnd(parts: Uint8Array[], count: number): Uint8Array[] {
  const [before, end] = parts.slice(-2).map((part) => new DataView(part.buffer, part.byteOffset))
  const isDone = before?.getUint32(0, true) === END_64
  if (count < MANY || isDone || end?.getUint32(0, true) !== END) return parts
  const size = end.getUint32(12, true)
  const offset = end.getUint32(16, true)
  const records = new DataView(new ArrayBuffer(76))
  records.setUint32(0, END_64, true)
  records.setBigUint64(4, 44n, true) // bytes of this record that follow
  records.setUint16(12, 45, true) // made and read by version 4.5
  records.setUint16(14, 45, true)
  records.setBigUint64(24, BigInt(count), true)
  records.setBigUint64(32, BigInt(count), true)
  records.setBigUint64(40, BigInt(size), true)
  records.setBigUint64(48, BigInt(offset), true)
  records.setUint32(56, LOCATOR_64, true)
  records.setBigUint64(64, BigInt(offset + size), true)
  records.setUint32(72, 1, true) // disks
  return [...parts.slice(0, -1), new Uint8Array(records.buffer), ...parts.slice(-1)]
}
