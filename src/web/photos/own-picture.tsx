import type { AddressJson, MeJson } from '../../accounts/answers'
import type { PhotoJson } from '../../photos/answers'
import { SIZES } from '../../renditions/sizes'
import { CopyButton } from '../shared/copy-button'
import { type Embed as Code, DENSITIES, embedCode, pictureUrl } from '../shared/urls'
import { describeState } from '../shared/words'
import { describeReach, isReached } from './reach'

const LADDER: readonly number[] = SIZES

/** In CSS pixels: those that are on the ladder at every density, so that no browser scales what it is given. */
const EMBED_SIZES = SIZES.filter((size) => DENSITIES.every((density) => LADDER.includes(size * density)))

const FIRST_SIZE = 120 satisfies (typeof SIZES)[number]

/** The picture as those see it who allow its rating, and its URL as text to paste. */
export function OwnPicture({
  user,
  addresses,
  active,
  origin,
}: {
  user: MeJson
  addresses: AddressJson[]
  active: PhotoJson | null
  origin: string
}) {
  const base = `${origin}/${user.publicKey}`
  const shown = { base, alt: active?.altText || user.displayName, rating: active?.rating ?? 'g' }
  return (
    <section class="card own" aria-labelledby="own-title">
      <div class="own-picture">
        <img
          src={pictureUrl(`/${user.publicKey}`, 320, shown.rating)}
          width="128"
          height="128"
          alt=""
          data-own-picture
        />
      </div>
      <div class="own-text">
        <h2 id="own-title">Your picture</h2>
        <p class="hint" data-own-state>
          {describeState(active)}
        </p>
        <Embed user={user} addresses={addresses} shown={shown} origin={origin} />
        <div class="own-foot">
          <div class="hint small">
            <p>
              <span data-reach>{describeReach(addresses)}</span> The private URL says nothing about your
              e&#8209;mail.
            </p>
            <p>
              <a href="/settings/addresses">Who finds it</a> · <a href="/docs">How to embed it</a>
            </p>
          </div>
          <button type="button" class="button plain small" data-show-none hidden={!active}>
            Show no photo
          </button>
        </div>
      </div>
    </section>
  )
}

interface EmbedView {
  user: MeJson
  addresses: AddressJson[]
  shown: Omit<Code, 'size'>
  origin: string
}

function Embed({ user, addresses, shown, origin }: EmbedView) {
  const { base, alt, rating } = shown
  return (
    <div class="embed" data-embed data-alt={alt} data-rating={rating} data-name={user.displayName}>
      <div class="embed-choices">
        <fieldset class="segments">
          <legend class="visually-hidden">Form of the URL</legend>
          <Segment value="url" text="URL" checked />
          <Segment value="html" text="HTML" />
          <Segment value="markdown" text="Markdown" />
        </fieldset>
        <label class="inline">
          <span>Size</span>
          <select name="size">
            {EMBED_SIZES.map((size) => (
              <option value={size} selected={size === FIRST_SIZE}>
                {size} px
              </option>
            ))}
          </select>
        </label>
        <label class="inline" data-key hidden={!isReached(addresses)}>
          <span>Key</span>
          <select name="base">
            <option value={base}>Private</option>
            <option value={`${origin}/${user.hash}`}>E-mail hash</option>
          </select>
        </label>
      </div>
      <div class="snippet with-button">
        <code id="embed-code" tabindex={0} data-base={base}>
          {embedCode('url', { ...shown, size: FIRST_SIZE })}
        </code>
        <CopyButton from="embed-code" label="the embed code" />
      </div>
    </div>
  )
}

function Segment({ value, text, checked = false }: { value: string; text: string; checked?: boolean }) {
  return (
    <label>
      <input type="radio" name="format" value={value} checked={checked} />
      <span>{text}</span>
    </label>
  )
}
