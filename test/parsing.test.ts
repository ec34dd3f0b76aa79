import { describe, expect, it } from 'vitest'
import { parseCanonical, profileRequest, whatRequest, whoRequest } from '../src/avatar/canonical'
import { parseAvatarRequest } from '../src/avatar/request'
import { clientKey } from '../src/http/limits'
import { equalInConstantTime, randomCode, randomPublicKey } from '../src/lib/crypto'
import { readEmail } from '../src/lib/email'
import { hashEmail } from '../src/lib/email-hash'
import { chooseFormat } from '../src/renditions/formats'
import { SIZES, stepFor } from '../src/renditions/sizes'
import { usefulSize } from '../src/renditions/sizing'
import { presignUpload } from '../src/uploads/presign'

const KEY = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee'

function parse(query: string, { segment = KEY, open = false, accept = null as string | null } = {}) {
  const request = parseAvatarRequest({
    segment,
    open,
    query: new URLSearchParams(query),
    accept,
    settings: { defaultAvatar: 'mp', defaultImageHosts: ['trusted.example'] },
  })
  if (!request) throw new Error('refused')
  return request
}

describe('the size', () => {
  it.each([
    ['', 80],
    ['s=', 80],
    ['s=-1', 80],
    ['s=0', 80],
    ['s=1e3', 80],
    ['s=80px', 80],
    ['s=+96', 80],
    ['s=0x60', 80],
    ['s=96.0', 80],
    ['s=%20200', 80],
    ['s=99999999999999999999', 2048],
    [`s=${'9'.repeat(400)}`, 2048],
    ['s=2049', 2048],
    ['s=2048', 2048],
    ['s=1', 16],
    ['s=15', 16],
    ['s=17', 20],
    ['s=81', 96],
    ['s=096', 96],
    ['s=200&s=40', 200],
    ['size=200&s=40', 200],
    ['s=40&size=200', 200],
    ['size=&s=40', 40],
    ['S=40', 80],
  ])('of ?%s is %i', (query, size) => {
    expect(parse(query).size).toBe(size)
  })

  it('is one of at most 40, every size asked being a step or going to the next one up', () => {
    const steps = new Set<number>()
    for (let size = 1; size <= 2048; size++) {
      const step = parse(`s=${size}`).size
      expect(step).toBeGreaterThanOrEqual(size)
      steps.add(step)
    }
    expect([...steps]).toEqual([...SIZES])
    expect(steps.size).toBeLessThanOrEqual(40)
  })

  it('holds every size that consumers commonly ask for', () => {
    const common = [
      24, 40, 48, 64, 80, 96, 100, 120, 128, 150, 160, 200, 240, 250, 256, 300, 320, 360, 400, 480, 500, 512,
      600, 640, 800, 1024, 2048,
    ]
    expect(common.map(stepFor)).toEqual(common)
  })

  it('gives at most 40 renditions a format, whatever is asked', () => {
    for (const extension of ['jpg', 'png', 'webp', 'avif', 'gif']) {
      const renditions = new Set<string>()
      for (let size = 1; size <= 2048; size++) {
        const { format, size: step } = parse(`s=${size}`, { segment: `${KEY}.${extension}` })
        renditions.add(`${step}.${format}`)
      }
      expect(renditions.size).toBeLessThanOrEqual(40)
    }
  })

  it('never goes past the step of twice the shorter side', () => {
    expect(usefulSize(2048, { width: 50, height: 40 })).toBe(80)
    expect(usefulSize(2048, { width: 3000, height: 100 })).toBe(200)
    expect(usefulSize(64, { width: 50, height: 40 })).toBe(64)
    expect(usefulSize(2048, { width: 12_000, height: 1000 })).toBe(1600) // its master has 683 rows
    expect(usefulSize(2048, { width: 1024, height: 1024 })).toBe(2048)
    expect(usefulSize(2048, { width: 1, height: 1 })).toBe(16)
  })
})

describe('the key and the extension', () => {
  it.each([
    [KEY.toUpperCase(), KEY],
    [KEY.slice(0, 32).toUpperCase(), KEY.slice(0, 32)],
    ['0123456789abcdefghijAB', '0123456789abcdefghijAB'],
    ['', ''],
  ])('%s is %s', (segment, key) => {
    expect(parse('', { segment, open: true })).toMatchObject({ key, seed: key })
  })

  it.each(['42', 'me@example.com', `${KEY}0`, KEY.slice(1), `${KEY}.svg`, '\0', `${KEY}/80`])(
    '%j is nobody, and draws a picture of its own, where a key of any form is taken',
    (segment) => {
      expect(parse('', { segment, open: true })).toMatchObject({ key: '', seed: segment, spelling: segment })
      expect(() => parse('', { segment })).toThrow('refused')
    },
  )

  it('bounds what a picture is drawn from', () => {
    expect(parse('', { segment: 'é'.repeat(16_000), open: true }).seed).toHaveLength(200)
  })

  it('takes extensions in any case', () => {
    for (const [extension, format] of Object.entries({
      JPG: 'jpeg',
      Jpeg: 'jpeg',
      PNG: 'png',
      WebP: 'webp',
      AVIF: 'avif',
      GIF: 'png',
    })) {
      expect(parse('', { segment: `${KEY}.${extension}`, accept: 'image/webp' })).toMatchObject({
        key: KEY,
        format,
        negotiated: false,
      })
    }
  })
})

describe('the other parameters', () => {
  it.each([
    ['r=PG', { rating: 'pg' }],
    ['rating=X&r=g', { rating: 'x' }],
    ['r=nc17', { rating: 'g' }],
    ['f=y', { forced: true }],
    ['f=Y', { forced: true }],
    ['forcedefault=y', { forced: true }],
    ['f=1', { forced: true }],
    ['forcedefault=1', { forced: true }],
    ['f=true', { forced: true }],
    ['f=Yes', { forced: true }],
    ['f=0', { forced: false }],
    ['f=no', { forced: false }],
    ['f=11', { forced: false }],
    ['forcedefault=&f=y', { forced: true }],
    ['d=404', { fallback: { kind: 'none' } }],
    ['d=MM', { fallback: { kind: 'style', style: 'mp' } }],
    ['d=nonsense', { fallback: { kind: 'style', style: 'mp' } }],
    ['d=__proto__', { fallback: { kind: 'style', style: 'mp' } }],
    ['default=404&d=mp', { fallback: { kind: 'none' } }],
    ['d=https://evil.example/x.png', { fallback: { kind: 'style', style: 'mp' } }],
  ])('?%s', (query, expected) => {
    expect(parse(query)).toMatchObject(expected)
  })
})

describe('the canonical requests', () => {
  const photo = { photoId: crypto.randomUUID(), userId: crypto.randomUUID() }
  const spec = { ...photo, shape: 's', pixels: 96 } as const

  it('name a key, or a photo and a rendition, and nothing else', () => {
    expect(whoRequest(KEY).url).toBe(`https://origin.internal/2/keys/${KEY}`)
    expect([...whoRequest(KEY).headers]).toEqual([])
    const what = whatRequest({ ...spec, format: 'webp', transparent: false, fromSmall: true }, '192.0.2.1')
    expect(what.url).toBe(`https://origin.internal/2/renditions/${spec.photoId}/s96.webp`)
    expect([...what.headers]).toEqual([
      ['x-cameo-client', '192.0.2.1'],
      ['x-cameo-photo', `${spec.userId} opaque small`],
    ])
  })

  it('are read back as they were written', () => {
    expect(parseCanonical(whoRequest(KEY))).toEqual({ ask: 'who', key: KEY })
    expect(parseCanonical(profileRequest(KEY))).toEqual({ ask: 'profile', key: KEY })
    for (const [transparent, fromSmall] of [
      [true, false],
      [false, false],
      [false, true],
    ] as const) {
      const asked = { ...spec, format: 'png', transparent, fromSmall } as const
      expect(parseCanonical(whatRequest(asked, ''))).toEqual({ ask: 'what', spec: asked })
    }
  })

  it.each(['/2/keys/', '/2/keys/a/b', '/2/renditions/x/s96.gif', '/1/photos/x/80.still?r=g', '/'])(
    'are not %s',
    (path) => expect(parseCanonical(new Request(`https://origin.internal${path}`))).toBeNull(),
  )
})

describe('the format', () => {
  const chrome = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'
  it.each([
    ['Chrome', chrome, 200, 'avif'],
    ['Firefox', 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5', 200, 'avif'],
    [
      'Safari',
      'image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
      200,
      'avif',
    ],
    [
      'an older Safari',
      'image/webp,image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5',
      200,
      'webp',
    ],
    ['curl', '*/*', 200, 'still'],
    ["Gmail's proxy", 'image/*', 200, 'still'],
    ['no header', null, 200, 'still'],
    ['an empty header', '', 200, 'still'],
    ['AVIF refused', 'image/avif;q=0,image/webp', 200, 'webp'],
    ['JPEG preferred', 'image/jpeg,image/webp;q=0.5', 200, 'still'],
    ['WebP preferred', 'image/avif;q=0.5,image/webp;q=0.9', 200, 'webp'],
    ['upper case and spaces', ' IMAGE/WEBP ; Q=0.9 , */* ; q=0.1', 200, 'webp'],
    ['a broken weight', 'image/webp;q=high', 200, 'still'],
    ['AVIF above its limit', chrome, 1600, 'webp'],
    ['AVIF where WebP is the smaller one', chrome, 64, 'webp'],
    ['AVIF from where it pays', chrome, 72, 'avif'],
    ['AVIF alone where it does not pay', 'image/avif', 64, 'avif'],
    ['AVIF alone above its limit', 'image/avif', 1600, 'still'],
    ['a page', 'text/html', 200, 'still'],
  ])('for %s', (_name, accept, size, format) => {
    expect(chooseFormat(accept, size)).toBe(format)
  })
})

describe('hashes and secrets', () => {
  it("agrees with Gravatar's published hashes", async () => {
    const hashTyped = async (typed: string) => {
      const read = readEmail(typed)
      return 'email' in read ? hashEmail(read.email) : null
    }
    expect(await hashTyped('MyEmailAddress@example.com ')).toEqual({
      hash: KEY,
      md5: '0bc83cb571cd1c50ba6f3e8a78ef1346',
      hashAlias: null,
      md5Alias: null,
    })
    expect((await hashTyped('George@example.com'))?.md5).toBe('40f8d096a3777232204cb3f796c577b7')
  })

  it('makes eight-digit codes and 22-character keys', () => {
    for (let round = 0; round < 200; round++) {
      expect(randomCode()).toMatch(/^\d{8}$/)
      expect(randomPublicKey()).toMatch(/^[0-9A-Za-z]{22}$/)
    }
  })

  it('compares strings of any length', () => {
    expect(equalInConstantTime('abc', 'abc')).toBe(true)
    expect(equalInConstantTime('abc', 'abd')).toBe(false)
    expect(equalInConstantTime('abc', 'abcd')).toBe(false)
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (ip, key) => {
    expect(clientKey(new Request('http://localhost', { headers: { 'cf-connecting-ip': ip } }))).toBe(key)
  })
})

describe('presigned URLs', () => {
  const s3 = {
    s3Endpoint: 'https://account.r2.cloudflarestorage.com',
    s3Bucket: 'photos',
    s3AccessKeyId: 'id',
    s3SecretAccessKey: 'secret',
  }
  const values = {
    key: 'user/photo',
    contentType: 'image/png',
    bytes: 7,
    requestUrl: 'https://cameo.example/api/photos',
  }

  it('point at the bucket of a production endpoint, and change with every signed part', async () => {
    const now = Date.UTC(2026, 0, 2, 3, 4, 5)
    const sign = async (changes: object) =>
      new URL((await presignUpload(s3, { ...values, ...changes }, now)).url)
    const url = await sign({})
    expect(`${url.origin}${url.pathname}`).toBe('https://account.r2.cloudflarestorage.com/photos/user/photo')
    expect(url.searchParams.get('X-Amz-Date')).toBe('20260102T030405Z')
    const others = await Promise.all([
      sign({ bytes: 8 }),
      sign({ contentType: 'image/gif' }),
      sign({ key: 'user/other' }),
    ])
    const signatures = [url, ...others].map((each) => each.searchParams.get('X-Amz-Signature'))
    expect(new Set(signatures).size).toBe(4)
  })

  it('answer 503 storage_not_configured where the credentials are missing', async () => {
    await expect(presignUpload({ ...s3, s3AccessKeyId: '' }, values, 0)).rejects.toMatchObject({
      code: 'storage_not_configured',
      status: 503,
    })
  })
})
