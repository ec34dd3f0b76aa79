import moveIcon from 'lucide-static/icons/move.svg'
import faceIcon from 'lucide-static/icons/scan-face.svg'
import removeIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/tags'
import type { SuggestionJson, TagJson } from '../../tags/answers'
import { Icon } from '../shared/icon'
import { Face, NAMELESS } from '../shared/people'
import type { ContactJson } from '../shared/sharing'

/** What is told of the tags of a photo, for the page and its browser code. */
export interface TagsView {
  photo: { id: string; width: number; height: number }
  isOwner: boolean
  /** Whoever looks: their primary hash. */
  me: ContactJson
  /** All of their hashes. */
  mine: string[]
  tags: TagJson[]
  /** Whom they may want to tag and are not told of by another list: who was tagged before, the photo's owner. */
  known: ContactJson[]
}

/** Whether a tag is of whoever looks. */
export function isMe({ mine }: Pick<TagsView, 'mine'>, { hash }: Pick<TagJson, 'hash'>): boolean {
  return hash !== null && mine.includes(hash)
}

/** Whom the owner shows a photo by tagging them. */
export function pickTagged(view: Pick<TagsView, 'mine' | 'tags'>): ContactJson[] {
  return view.tags.flatMap((tag) =>
    tag.byMe && tag.hash && !isMe(view, tag) ? { hash: tag.hash, name: tag.name } : [],
  )
}

/** What a tag is headed by. */
export function titleOf(view: Pick<TagsView, 'mine'>, tag: Pick<TagJson, 'hash' | 'name'>): string {
  if (isMe(view, tag)) return t().you
  return tag.name === NAMELESS ? t().somebody : tag.name
}

/** What is asked of a face that may be somebody's. */
export const questionOf = ({ name }: SuggestionJson) => (name ? t().tagQuestion(name) : t().tagFaceQuestion)

/** Who is in a photo, beside it. What changes is drawn by browser code. */
export function TagSection(view: TagsView) {
  return (
    <section class="photo-section tag-section" aria-labelledby="tags-title" data-tag-section>
      <h2 id="tags-title" tabindex={-1}>
        {t().title}
      </h2>
      <TagList {...view} />
      <ul class="rows suggestions" aria-label={t().toTag} data-suggestions />
      <div class="actions">
        <button type="button" class="button" data-tag>
          <Icon svg={faceIcon} />
          {t().start}
        </button>
      </div>
    </section>
  )
}

export function TagList(view: TagsView) {
  const { tags } = view
  return (
    <div class="tag-list" data-tag-list>
      {tags.length === 0 && <p class="hint">{t().nobody}</p>}
      <ul class="rows" aria-labelledby="tags-title">
        {tags.map((tag, at) => (
          <TagRow tag={tag} at={at} title={titleOf(view, tag)} me={isMe(view, tag)} />
        ))}
      </ul>
    </div>
  )
}

/** Whoever may move a box may take it away, too: those are told whom it names. */
function TagRow({ tag, at, title, me }: { tag: TagJson; at: number; title: string; me: boolean }) {
  const whose = me ? t().yourBox : t().boxOf(title)
  return (
    <li data-row={at}>
      {tag.hash && <Face hash={tag.hash} size={32} />}
      <strong class="grow" dir="auto">
        {title}
      </strong>
      {tag.hash && (
        <span class="row-tools">
          <button
            type="button"
            class="button plain small square"
            data-adjust
            aria-label={t().move(whose)}
            title={t().moveBox}
          >
            <Icon svg={moveIcon} />
          </button>
          {me ? (
            <button type="button" class="button plain danger small" data-remove-me>
              {t().removeMe}
            </button>
          ) : (
            <button
              type="button"
              class="button plain danger small square"
              data-remove
              aria-label={t().removeTagOf(title)}
              title={t().removeTag}
            >
              <Icon svg={removeIcon} />
            </button>
          )}
        </span>
      )}
    </li>
  )
}

/** A face that the file tells of. */
export function SuggestionRow({ suggestion, at }: { suggestion: SuggestionJson; at: number }) {
  const { name } = suggestion
  const of = name || t().faceNumber(at + 1)
  return (
    <li data-suggestion={at}>
      <span class="grow" dir="auto">
        {questionOf(suggestion)}
      </span>
      <span class="row-tools">
        <button type="button" class="button small" data-confirm aria-label={t().tagPerson(of)}>
          {t().tagMore}
        </button>
        <button type="button" class="button plain small" data-dismiss aria-label={t().dismissWhat(of)}>
          {t().dismiss}
        </button>
      </span>
    </li>
  )
}

/** A box over the picture; it names who is in it. */
export function TagBox({ title, at }: { title: string; at: number }) {
  return (
    <button type="button" class="tag-box" data-box={at} aria-pressed="false" aria-label={title}>
      <bdi class="tag-name">{title}</bdi>
    </button>
  )
}

/** A box of somebody who may be tagged there. */
export function FaceBox({ title, at }: { title: string; at: number }) {
  return (
    <button type="button" class="tag-box dashed" data-face={at} aria-label={title}>
      <bdi class="tag-name">{title}</bdi>
    </button>
  )
}
