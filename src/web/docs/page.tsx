import type { Context } from 'hono'
import { raw } from 'hono/html'
import assets from '../../../dist/assets.json'
import type { AppEnv } from '../../accounts/asking'
import { FALLBACK_STYLES } from '../../avatar/fallback/draw'
import { loadConfig } from '../../config'
import { isLocal } from '../../http/origin'
import { t } from '../../lang/docs'
import { CopyButton } from '../shared/copy-button'
import { renderPage } from '../shared/layout'
import { type Block, guideLanguage, readGuide, type Section } from './guide'
import { DocsTabs } from './tabs'

/** Letters for the style `initials`; there are as many samples of every other style. */
const LETTERS = ['AL', 'GH', 'KJ', 'MH', 'RF', 'DV', 'ET', 'SW']

/** /docs: the guide of docs/embed.md, in the language of whoever reads, with live pictures. */
export function renderDocs(c: Context<AppEnv>) {
  const url = new URL(c.req.url)
  const origin = isLocal(url) ? url.origin : loadConfig(c.env).publicOrigin
  const [intro, ...sections] = readGuide(origin)
  return renderPage(c, {
    title: t().title,
    script: 'docs',
    children: (
      <>
        <DocsTabs current="/docs" />
        <div class="docs" lang={guideLanguage()} dir="ltr">
          <aside class="docs-side">
            <Contents sections={sections} />
          </aside>
          <div class="docs-text">
            <header class="docs-head">
              <h1>{intro?.title}</h1>
              {intro && <Blocks section={intro} />}
            </header>
            <details class="docs-menu">
              <summary>{t().onThisPage}</summary>
              <Contents sections={sections} />
            </details>
            {sections.map((section) => (
              <section aria-labelledby={section.id} class={section.depth === 2 ? 'docs-part' : undefined}>
                <Heading section={section} />
                <Blocks section={section} />
              </section>
            ))}
          </div>
        </div>
      </>
    ),
  })
}

function Contents({ sections }: { sections: Section[] }) {
  return (
    <nav aria-label={t().onThisPage}>
      <ul>
        {sections.map(({ id, title, depth }) => (
          <li class={depth === 2 ? undefined : 'sub'}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Heading({ section: { id, title, depth } }: { section: Section }) {
  const link = <a href={`#${id}`}>{title}</a>
  return depth === 2 ? <h2 id={id}>{link}</h2> : <h3 id={id}>{link}</h3>
}

function Blocks({ section }: { section: Section }) {
  return (
    <>
      {section.blocks.map((block, index) => (
        <BlockView block={block} section={section} id={`${section.id}-${index}`} />
      ))}
    </>
  )
}

function BlockView({ block, section, id }: { block: Block; section: Section; id: string }) {
  if ('html' in block) return raw(block.html)
  if ('terms' in block)
    return (
      <dl class="terms">
        {block.terms.map(({ name, term, text }) => (
          <div>
            <dt>{raw(term)}</dt>
            <dd>
              {raw(text)}
              {section.id === 'default-pictures' && <Samples style={name} />}
            </dd>
          </div>
        ))}
      </dl>
    )
  return (
    <div class="code">
      <pre id={id} tabindex={0}>
        {block.code}
      </pre>
      <CopyButton from={id} label={t().example(section.title)} />
    </div>
  )
}

/** Pictures of a default style, asked for as anybody would; nothing for a name that is not a style. */
function Samples({ style }: { style: string }) {
  if (!FALLBACK_STYLES.some((known) => known === style)) return null
  const same = style === 'mp' || style === 'blank'
  return (
    <span class="samples">
      {LETTERS.slice(0, same ? 1 : undefined).map((letters, index) => (
        <img
          src={`/avatar/${sampleKey(index)}?d=${style}&f=y&s=96${style === 'initials' ? `&initials=${letters}` : ''}`}
          class={style === 'blank' ? 'clear' : undefined}
          width="48"
          height="48"
          alt=""
          loading="lazy"
        />
      ))}
      {!same && (
        <a class="sheet" href={assets[`${style}.png` as keyof typeof assets]}>
          {t().sheet}
        </a>
      )}
    </span>
  )
}

/** Any 64 hexadecimal digits are a seed; these are nobody's hash. */
function sampleKey(index: number): string {
  return `${index}cafe`.repeat(11).slice(0, 64).padEnd(64, 'b')
}
