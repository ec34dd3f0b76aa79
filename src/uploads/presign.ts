import { AwsClient } from 'aws4fetch'
import type { Config } from '../config'
import { Problem } from '../http/problems'
import { SECOND } from '../lib/time'
import type { PreparedUpload } from './answers'

/** How long an upload URL can be used, in seconds. */
export const UPLOAD_LIFE_SECONDS = 600

type S3Config = Pick<Config, 's3Endpoint' | 's3Bucket' | 's3AccessKeyId' | 's3SecretAccessKey'>

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
  config: S3Config,
  values: { key: string; contentType: string; bytes: number; requestUrl: string },
  now: number,
): Promise<PreparedUpload['upload']> {
  if (!config.s3Endpoint || !config.s3AccessKeyId || !config.s3SecretAccessKey) {
    const detail = 'Uploads are not configured: set S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.'
    throw new Problem('storage_not_configured', detail)
  }
  const url = objectUrl(config, values)
  url.searchParams.set('X-Amz-Expires', String(UPLOAD_LIFE_SECONDS))
  const headers = { 'content-type': values.contentType, 'if-none-match': '*' }
  const client = new AwsClient({
    accessKeyId: config.s3AccessKeyId,
    secretAccessKey: config.s3SecretAccessKey,
    service: 's3',
    region: 'auto',
  })
  const signed = await client.sign(url, {
    method: 'PUT',
    headers: { ...headers, 'content-length': String(values.bytes) },
    aws: { signQuery: true, allHeaders: true, datetime: amzDate(now) },
  })
  return { method: 'PUT', url: signed.url, headers, expiresAt: now + UPLOAD_LIFE_SECONDS * SECOND }
}

/** The origin that a browser must be allowed to connect to for uploads; null where it is our own or not set. */
export function uploadOrigin({ s3Endpoint }: Pick<Config, 's3Endpoint'>): string | null {
  return URL.canParse(s3Endpoint) ? new URL(s3Endpoint).origin : null
}

function objectUrl({ s3Endpoint, s3Bucket }: S3Config, values: { key: string; requestUrl: string }): URL {
  const base = new URL(s3Endpoint, values.requestUrl)
  return new URL(`${base.href.replace(/\/$/, '')}/${s3Bucket}/${values.key}`)
}

/** `20130524T000000Z`, the form of X-Amz-Date. */
function amzDate(now: number): string {
  return new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '')
}
