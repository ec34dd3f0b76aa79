import { AwsClient } from 'aws4fetch'
import type { S3Config } from '../env'
import { Problem } from '../errors'

/** How long an upload address can be used, in seconds. */
export const UPLOAD_LIFE_SECONDS = 600

export interface UploadTarget {
  method: 'PUT'
  url: string
  /** What the browser must send along; it sets `content-length` itself. */
  headers: Record<string, string>
  /** Milliseconds since 1970. */
  expiresAt: number
}

/**
 * A presigned S3 PUT (SigV4 in the query) for one object, of this type and length only, once only: R2 answers
 * 412 to a second PUT because `if-none-match: *` is signed. `allHeaders` makes aws4fetch sign content-type and
 * content-length, which it leaves out otherwise.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @param values.requestUrl resolves a relative endpoint: wrangler's local one follows the page's host and port,
 *   and the host is signed
 * @throws Problem `storage_not_configured`
 */
export async function presignUpload(
  s3: S3Config | null,
  values: { key: string; contentType: string; bytes: number; requestUrl: string },
  now: number,
): Promise<UploadTarget> {
  if (!s3) {
    const detail = 'Uploads are not configured: set S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.'
    throw new Problem('storage_not_configured', detail)
  }
  const url = objectUrl(s3, values)
  url.searchParams.set('X-Amz-Expires', String(UPLOAD_LIFE_SECONDS))
  const headers = { 'content-type': values.contentType, 'if-none-match': '*' }
  const client = new AwsClient({
    accessKeyId: s3.accessKeyId,
    secretAccessKey: s3.secretAccessKey,
    service: 's3',
    region: 'auto',
  })
  const signed = await client.sign(url, {
    method: 'PUT',
    headers: { ...headers, 'content-length': String(values.bytes) },
    aws: { signQuery: true, allHeaders: true, datetime: amzDate(now) },
  })
  return { method: 'PUT', url: signed.url, headers, expiresAt: now + UPLOAD_LIFE_SECONDS * 1000 }
}

/** The origin that a browser must be allowed to connect to for uploads; null where it is our own or not set. */
export function uploadOrigin(s3: S3Config | null): string | null {
  return s3 && URL.canParse(s3.endpoint) ? new URL(s3.endpoint).origin : null
}

function objectUrl(s3: S3Config, values: { key: string; requestUrl: string }): URL {
  const base = new URL(s3.endpoint, values.requestUrl)
  return new URL(`${base.href.replace(/\/$/, '')}/${s3.bucket}/${values.key}`)
}

/** `20130524T000000Z`, the form of X-Amz-Date. */
function amzDate(now: number): string {
  return new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '')
}
