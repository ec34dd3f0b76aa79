import { PictureThumb } from './address-row'

/** One thing that an address can show: a radio button under its picture. Drawn by browser code. */
export function PictureChoice({
  userId,
  photoId,
  value,
  text,
  badge = '',
  checked,
}: {
  userId: string
  photoId: string | null
  /** `account`, `none` or the id of a photo. */
  value: string
  text: string
  /** Its rating where that is above G. */
  badge?: string
  checked: boolean
}) {
  return (
    <label class="choice">
      <input type="radio" name="picture" value={value} checked={checked} />
      <span class="choice-frame">
        <PictureThumb userId={userId} photoId={photoId} />
        {badge && <span class="badge dark">{badge}</span>}
      </span>
      <span class="choice-text" dir="auto" title={text}>
        {text}
      </span>
    </label>
  )
}
