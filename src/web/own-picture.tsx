import type { User } from '../db/schema'
import type { PhotoJson } from '../photos/photos'
import { embedCode, pictureUrl } from './addresses'
import { CopyButton } from './copy-button'
import { describeState } from './words'

const SIZES = [64, 80, 128, 256, 512]

/** The picture as everybody sees it, and its address as text to paste. */
export function OwnPicture({
  user,
  active,
  origin,
}: {
  user: User
  active: PhotoJson | null
  origin: string
}) {
  const base = `${origin}/${user.publicKey}`
  const alt = active?.altText || user.displayName
  return (
    <section class="card own" aria-labelledby="own-title">
      <div class="own-picture">
        <img src={pictureUrl(`/${user.publicKey}`, 320)} width="128" height="128" alt="" data-own-picture />
      </div>
      <div class="own-text">
        <h2 id="own-title">Your picture</h2>
        <p class="hint" data-own-state data-rating={active?.rating ?? ''}>
          {describeState(active)}
        </p>
        <Embed user={user} base={base} alt={alt} origin={origin} />
        <div class="own-foot">
          <p class="hint small">
            {user.publicLookup && 'Sites that know your e-mail find this picture by themselves. '}
            The random key says nothing about your e-mail.
          </p>
          <button type="button" class="button plain small" data-show-none hidden={!active}>
            Show no photo
          </button>
        </div>
      </div>
    </section>
  )
}

function Embed({ user, base, alt, origin }: { user: User; base: string; alt: string; origin: string }) {
  return (
    <div class="embed" data-embed data-alt={alt} data-name={user.displayName}>
      <div class="embed-choices">
        <fieldset class="segments">
          <legend class="visually-hidden">Form of the address</legend>
          <Segment value="url" text="URL" checked />
          <Segment value="html" text="HTML" />
          <Segment value="markdown" text="Markdown" />
        </fieldset>
        <label class="inline">
          <span>Size</span>
          <select name="size">
            {SIZES.map((size) => (
              <option value={size} selected={size === 128}>
                {size} px
              </option>
            ))}
          </select>
        </label>
        {user.publicLookup && (
          <label class="inline">
            <span>Address</span>
            <select name="base">
              <option value={base}>Random key</option>
              <option value={`${origin}/${user.hash}`}>E-mail hash</option>
            </select>
          </label>
        )}
      </div>
      <div class="snippet with-button">
        <code id="embed-code" tabindex={0} data-base={base}>
          {embedCode('url', { base, size: 128, alt })}
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
