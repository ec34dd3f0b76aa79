import { t } from '../../lang/tags'
import type { SuggestionJson, TagJson } from '../../tags/answers'
import { callApi, isGone, Refusal } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { findFaces } from '../shared/faces.client'
import { readAll } from '../shared/pages.client'
import { markChanged } from '../shared/returns.client'
import type { ContactJson } from '../shared/sharing'
import { notify } from '../shared/toasts.client'
import { removeMyself } from '../shared/untag-dialog.client'
import { dismiss, isDismissed, leaveOut } from './faces.client'
import { placeBox } from './frame.client'
import type { Frame } from './frames'
import { startTagging } from './tagging.client'
import { FaceBox, isMe, questionOf, SuggestionRow, TagBox, TagList, type TagsView, titleOf } from './tags'
import { askWho } from './who-dialog.client'

/**
 * Makes the tags of a photo work: boxes over the picture, the list beside it, and how they are drawn.
 * @param options.onChange with the tags as they stand, after each change
 */
export function startTags(
  page: HTMLElement,
  first: TagsView,
  options: { onChange: (tags: TagJson[]) => void },
) {
  const stage = find(page, '[data-stage]', HTMLElement)
  const layer = find(page, '[data-tag-layer]', HTMLElement)
  const section = find(page, '[data-tag-section]', HTMLElement)
  const start = find(section, '[data-tag]', HTMLButtonElement)
  const { photo, isOwner, me } = first
  const base = `/api/photos/${photo.id}`
  let view = first
  /** Of the file, and of this browser while somebody tags. */
  let [told, found]: [SuggestionJson[], SuggestionJson[]] = [[], []]
  let contacts: Promise<ContactJson[]> | null = null

  const offered = () =>
    leaveOut(
      told.filter((face) => !isDismissed(photo.id, face)),
      view.tags,
    )
  const seen = () =>
    leaveOut(
      found.filter((face) => !isDismissed(photo.id, face)),
      [...view.tags, ...offered()],
    )
  const faces = () => [...offered(), ...(mode.isOn() ? seen() : [])]

  function show(): void {
    find(section, '[data-tag-list]', HTMLElement).replaceWith(draw(<TagList {...view} />))
    const rows = offered().map((suggestion, at) => <SuggestionRow suggestion={suggestion} at={at} />)
    find(section, '[data-suggestions]', HTMLElement).replaceChildren(...rows.map(draw))
    showBoxes()
  }

  function showBoxes(): void {
    const boxes = [
      ...view.tags.map((tag, at) => ({ box: tag, node: <TagBox title={titleOf(view, tag)} at={at} /> })),
      ...faces().map((face, at) => ({ box: face, node: <FaceBox title={questionOf(face)} at={at} /> })),
    ]
    for (const old of layer.querySelectorAll('.tag-box')) old.remove()
    // A small box may stand inside a large one: it lies on top.
    boxes.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
    layer.prepend(...boxes.map(({ box, node }) => placeBox(draw(node), box)))
  }

  async function refresh(): Promise<void> {
    const { items } = await callApi<{ items: TagJson[] }>('GET', `${base}/tags`)
    view = { ...view, tags: items }
    show()
    options.onChange(items)
  }

  const listTold = () =>
    (contacts ??= Promise.all([
      readAll<ContactJson>('/api/contacts'),
      isOwner ? readAll<ContactJson>(`${base}/shares`) : [],
    ]).then(
      (lists) => lists.flat(),
      (thrown) => {
        contacts = null
        throw thrown
      },
    ))

  /** Whom they may want to tag, each once, and none who is tagged here. */
  async function listKnown(): Promise<ContactJson[]> {
    const others = await listTold().catch(() => []) // an address can be typed all the same
    const here = new Set(view.tags.map(({ hash }) => hash))
    const all = [...(view.tags.some((tag) => isMe(view, tag)) ? [] : [me]), ...view.known, ...others]
    return [...new Map(all.map((each) => [each.hash, each])).values()].filter(
      ({ hash, name }) =>
        !here.has(hash) && (hash === me.hash || (name !== 'somebody' && !view.mine.includes(hash))),
    )
  }

  async function put(hash: string, { x, y, width, height }: Frame): Promise<void> {
    await callApi('PUT', `${base}/tags/${hash}`, { x, y, width, height }).catch(sayGone)
    markChanged()
    await refresh()
  }

  /** What is refused answers like what is not: the list says what stands. */
  async function tag(person: ContactJson, frame: Frame): Promise<void> {
    await put(person.hash, frame)
    contacts = null
    const isMyself = view.mine.includes(person.hash)
    const stands = view.tags.some(({ hash }) => hash === person.hash)
    const name = isMyself ? t().you : person.name
    if (stands) return notify(isMyself ? t().youAreTagged : t().isTagged(name))
    notify(isOwner ? t().notWished(name) : t().notStayed(name), { error: true })
  }

  const mode = startTagging(page, {
    picture: photo,
    name: async (frame, face) => {
      const known = await listKnown()
      const suggested = face?.name ?? null
      const answer = await askWho({ frame, suggested, known, me: me.hash, tag: (who) => tag(who, frame) })
      if (answer === 'dismissed' && face) forget(face)
      return answer
    },
    onLeave: (purpose) => {
      found = []
      show()
      const row = purpose.kind === 'move' && rowOf(purpose.whose)
      ;(row || start).focus()
    },
  })

  const rowOf = (whose: string) =>
    section.querySelector<HTMLElement>(`[aria-label="${CSS.escape(t().move(whose))}"]`)

  function enter(face: SuggestionJson | null): void {
    mode.enter({ kind: 'new', face }, face)
    showBoxes()
    void listTold().catch(() => {}) // so that the question comes at once
    if (face) void mode.goOn()
    void findFaces(find(stage, '.sharp', HTMLImageElement)).then((faces) => {
      if (!mode.isOn()) return
      found = faces
      showBoxes()
      if (seen().length) notify(t().found(seen().length), { silent: true })
    })
  }

  function adjust(tag: TagJson): void {
    const { hash } = tag
    if (!hash) return
    const whose = isMe(view, tag) ? t().yourBox : t().boxOf(titleOf(view, tag))
    const save = async (frame: Frame) => {
      await put(hash, frame)
      notify(t().moved)
    }
    mode.enter({ kind: 'move', whose, save }, tag)
    showBoxes()
  }

  function forget(face: SuggestionJson): void {
    dismiss(photo.id, face)
    show()
    notify(face.name ? t().notSuggested(face.name) : t().dismissed)
  }

  async function remove(tag: TagJson, at: number): Promise<void> {
    await callApi('DELETE', `${base}/tags/${tag.hash}`).catch(sayGone)
    markChanged()
    await refresh()
    const left = [...section.querySelectorAll<HTMLElement>('[data-row]')]
    const next = left
      .slice(Math.min(at, left.length - 1))
      .flatMap((row) => row.querySelector('button') ?? [])[0]
    ;(next ?? start).focus()
    notify(isMe(view, tag) ? t().yourTagGone : t().tagGone(titleOf(view, tag)))
  }

  async function leaveForGood(): Promise<void> {
    if (!(await removeMyself(photo.id, me.hash))) return
    try {
      await refresh()
    } catch (thrown) {
      // Where only the tag showed it to them, it is gone from here on.
      if (isGone(thrown)) return location.replace('/tagged')
      throw thrown
    }
    start.focus()
    notify(t().leftForGood)
  }

  section.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    if (!button) return
    const at = Number(button.closest<HTMLElement>('[data-row]')?.dataset.row)
    const face = offered()[Number(button.closest<HTMLElement>('[data-suggestion]')?.dataset.suggestion)]
    const tag = view.tags[at]
    if (button === start) enter(null)
    else if (face && button.matches('[data-confirm]')) enter(face)
    else if (face && button.matches('[data-dismiss]')) {
      forget(face)
      ;(section.querySelector<HTMLElement>('[data-dismiss]') ?? start).focus()
    } else if (tag && button.matches('[data-adjust]')) adjust(tag)
    else if (button.matches('[data-remove-me]')) void attempt(button, leaveForGood)
    else if (tag && button.matches('[data-remove]')) void attempt(button, () => remove(tag, at))
  })
  stage.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || target.closest('a, [data-tag-bar], [data-draft]')) return
    const box = target.closest<HTMLElement>('.tag-box')
    const face = box?.dataset.face && faces()[Number(box.dataset.face)]
    if (face) return enter(face)
    const tag = view.tags[Number(box?.dataset.box)]
    if (mode.isOn()) return tag?.hash ? adjust(tag) : undefined
    if (box) box.setAttribute('aria-pressed', box.getAttribute('aria-pressed') === 'true' ? 'false' : 'true')
    else stage.toggleAttribute('data-names')
  })

  layer.style.setProperty('--ratio', String(photo.width / photo.height))
  show()
  if (isOwner) {
    callApi<{ items: SuggestionJson[] }>('GET', `${base}/suggestions`).then(
      ({ items }) => {
        told = items
        if (!mode.isOn()) show()
      },
      () => {}, // without suggestions nothing is missing
    )
  }
  return { refresh }
}

function sayGone(thrown: unknown): never {
  throw isGone(thrown) ? new Refusal('not_found', t().gone) : thrown
}
