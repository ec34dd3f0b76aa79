import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  isBinaryExpression,
  isCallExpression,
  isCaseClause,
  isElementAccessExpression,
  isIdentifier,
  isImportDeclaration,
  isJsxAttribute,
  isJsxElement,
  isJsxExpression,
  isJsxFragment,
  isJsxText,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTypeNode,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { createVirtualFileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'
import { describe, expect, it } from 'vitest'

// What people read stands in the catalogues, src/lang: here nothing is found beside them, by the compiler's own parser.
// What the pages show is looked at in a browser too, test/e2e/disguise.test.ts.

/** The same in every language: names, and what is written as programs want it. */
const NAMES =
  /Cameo|Gravatar|Libravatar|HTML|Markdown|WebP|SHA-256|MD5|URL|\bpx\b|curl -H 'Authorization: Bearer|\/api\/me/g

/** What one part of the program says to another, and the names of classes. */
const STATES = new Set(['signed out', 'never opened', 'toned red-'])

/** Attributes that nobody reads, whatever they hold. */
const UNREAD =
  /^(accept|action|as|autocomplete|class|className|content|d|dir|enctype|enterkeyhint|for|href|id|inputmode|key|kind|lang|media|method|name|pattern|property|rel|role|script|sizes|src|srcset|style|type|viewBox|data-[\w-]+|aria-(atomic|checked|controls|current|describedby|disabled|expanded|haspopup|hidden|invalid|labelledby|live|modal|orientation|pressed|selected))$/

/** Attributes and properties that are read out or shown: one letter in them is a text. */
const READ =
  /^(alt|title|label|placeholder|text|aria-?(label|description|roledescription|valuetext)|text[cC]ontent|innerText|innerHTML|outerText|nodeValue|data)$/i

/** Calls whose strings are shown. */
const SHOWS =
  /^(alert|append|after|before|confirm|createTextNode|notify|prepend|prompt|replaceChildren|replaceWith|say|setAttribute|setCustomValidity|showError|showToast)$/

/** Calls whose strings are names of what is looked for, or values for programs. */
const LOOKS =
  /^(addEventListener|closest|createElement|dispatchEvent|find|findAll|getAttribute|header|includes|has|matches|matchMedia|querySelector|querySelectorAll|set|startsWith)$/

/** Headers of an answer or a mail, and what is said to the browser. */
const HEADERS = /^'?(cache-control|content-[\w-]+|List-[\w-]+|vary|header|x-[\w-]+|ariaKeyShortcuts)'?$/

interface Word {
  text: string
  line: number
}

/** Every text of a file that is for people and from no catalogue. */
function findWords(source: Node & { text: string }): Word[] {
  const words: Word[] = []
  const keep = (node: Node, text: string, isShown: boolean) => {
    const plain = text
      .replace(/<[^>]*>|<[^>]*$|^[^<]*">/g, ' ') // a template may break off within a tag
      .replace(NAMES, '')
      .trim()
    const isText = isShown
      ? /\p{L}/u.test(plain)
      : // words one after the other, a word with a capital
        /\p{L}[,;:.!?]? +\p{L}/u.test(plain) || /^\p{Lu}\p{Ll}/u.test(plain)
    if (!isText || STATES.has(plain)) return
    words.push({ text: plain, line: source.text.slice(0, node.pos).split('\n').length })
  }

  const visit = (node: Node, isShown: boolean): unknown => {
    if (isImportDeclaration(node) || isTypeNode(node)) return
    if (isJsxText(node)) return keep(node, node.text, true)
    switch (node.kind) {
      case SyntaxKind.StringLiteral:
      case SyntaxKind.NoSubstitutionTemplateLiteral:
      case SyntaxKind.TemplateHead:
      case SyntaxKind.TemplateMiddle:
      case SyntaxKind.TemplateTail:
        return keep(node, (node as Node & { text: string }).text, isShown)
    }
    if (isJsxElement(node) || isJsxFragment(node)) {
      // Code is the same in every language.
      const tag = isJsxElement(node) ? node.openingElement.tagName : undefined
      const isCode = tag && isIdentifier(tag) && /^(code|pre|kbd|style)$/.test(tag.text)
      node.forEachChild((child) => {
        if (isCode && (isJsxText(child) || isJsxExpression(child))) return
        visit(child, isJsxExpression(child))
      })
      return
    }
    if (isJsxAttribute(node)) {
      const name = isIdentifier(node.name) ? node.name.text : source.text.slice(node.name.pos, node.name.end)
      if (node.initializer && !UNREAD.test(name.trim())) visit(node.initializer, READ.test(name.trim()))
      return
    }
    if (isNewExpression(node) && isIdentifier(node.expression)) {
      // What programs and their writers read: src/http/problems.ts has the texts for people, by the code.
      if (/^(Error|Problem|RegExp|Event|CustomEvent|Worker|URL)$/.test(node.expression.text)) return
    }
    if (isCallExpression(node)) {
      const name = nameOf(node.expression)
      if (LOOKS.test(name)) return node.expression.forEachChild((child) => visit(child, false))
      const [first] = node.arguments
      const isUnread =
        name === 'setAttribute' && first && isStringLiteral(first) && !READ.test(first.text.trim())
      visit(node.expression, false)
      if (!isUnread)
        for (const argument of node.arguments)
          if (name !== 'setAttribute' || argument !== first) visit(argument, SHOWS.test(name))
      return
    }
    if (isBinaryExpression(node)) {
      const sign = node.operatorToken.kind
      const compares = [
        SyntaxKind.EqualsEqualsEqualsToken,
        SyntaxKind.ExclamationEqualsEqualsToken,
        SyntaxKind.InKeyword,
      ].includes(sign)
      const assigns = [SyntaxKind.EqualsToken, SyntaxKind.PlusEqualsToken].includes(sign)
      const property = assigns && isPropertyAccessExpression(node.left) ? node.left.name.text : ''
      if (UNREAD.test(property)) return
      const shows = READ.test(property)
      for (const side of [node.left, node.right])
        if (!compares || !isStringLiteral(side)) visit(side, assigns ? shows : isShown)
      return
    }
    if (isCaseClause(node) && isStringLiteral(node.expression))
      return node.statements.forEach((statement) => {
        visit(statement, false)
      })
    if (isPropertyAssignment(node))
      return HEADERS.test(source.text.slice(node.name.pos, node.name.end).trim())
        ? undefined
        : visit(node.initializer, false)
    if (isElementAccessExpression(node)) return visit(node.expression, false)
    const passesOn =
      isJsxExpression(node) ||
      [
        SyntaxKind.ConditionalExpression,
        SyntaxKind.ParenthesizedExpression,
        SyntaxKind.TemplateExpression,
        SyntaxKind.TemplateSpan,
        SyntaxKind.AsExpression,
        SyntaxKind.SatisfiesExpression,
        SyntaxKind.ArrayLiteralExpression,
      ].includes(node.kind)
    node.forEachChild((child) => visit(child, isShown && passesOn))
  }
  visit(source, false)
  return words
}

function nameOf(called: Node): string {
  if (isIdentifier(called)) return called.text
  return isPropertyAccessExpression(called) ? called.name.text : ''
}

/** What the files of projects say beside the catalogues, by file. */
function read(api: API, configs: string[], isWanted: (name: string) => boolean, root: string) {
  const found = new Map<string, string[]>()
  const snapshot = api.updateSnapshot({ openProjects: configs })
  for (const { program } of snapshot.getProjects())
    for (const path of program.getSourceFileNames()) {
      const name = path.slice(root.length + 1)
      if (!path.startsWith(`${root}/`) || !isWanted(name) || found.has(name)) continue
      const source = program.getSourceFile(path)
      if (source)
        found.set(
          name,
          findWords(source).map(({ text, line }) => `${name}:${line}: ${text}`),
        )
    }
  api.close()
  return found
}

const root = process.cwd()

/** Pages, browser code and mails: what people read. The answers of the API are for programs. */
const isForPeople = (name: string) =>
  /^src\/(web\/|accounts\/mail\.ts|messages\/invitation-mail\.ts)/.test(name) &&
  !/\/(reference\.tsx?|headers\.ts|fixed\/routes\.ts)$/.test(name)

describe('the texts for people', () => {
  it('stand in the catalogues alone: on pages, in browser code and in mails', () => {
    const configs = ['tsconfig.json', 'tsconfig.client.json'].map((name) => join(root, name))
    const found = read(new API({ cwd: root }), configs, isForPeople, root)
    expect(found.size).toBeGreaterThan(200)
    expect([...found.values()].flat()).toEqual([])
  })

  it.each([
    ['<p>word</p>'],
    ['<p>{known ? "word" : t().word}</p>'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code that is looked at
    ['<p>{`${count} words`}</p>'],
    ['<p>{count} words</p>'],
    ['<p aria-label="word">{t().word}</p>'],
    ['<img alt={known ? "" : "word"} />'],
    ['<Dialog heading="Some words" />'],
    ['<input placeholder="word" />'],
    ['element.textContent = known ? t().word : "word"'],
    ['element.title += "word"'],
    ['element.setAttribute("aria-label", "word")'],
    ['element.append("word")'],
    ['notify("word")'],
    ['const said = { why: "Several words." }'],
    ['const said = () => "Word"'],
  ])('are found: %s', (code) => {
    expect(findIn(code)).toHaveLength(1)
  })

  it.each([
    ['<p class="two words">{t().word}</p>'],
    ['<p>Cameo</p>'],
    ['<code>cameo_…</code>'],
    ['<time>{formatDate(0)}</time>'],
    ['element.closest("a, button")'],
    ['if (event.key === "Escape") leave()'],
    ['element.textContent = t().word'],
    ['element.setAttribute("class", "two words")'],
    ['throw new Error("no form")'],
  ])('are not: %s', (code) => {
    expect(findIn(code)).toEqual([])
  })
})

/** What is found in a page of this code alone. */
function findIn(code: string): string[] {
  const files = {
    '/house/tsconfig.json':
      '{ "compilerOptions": { "jsx": "preserve", "noLib": true }, "files": ["page.tsx"] }',
    '/house/page.tsx': `${code}\n`,
  }
  const api = new API({ cwd: '/house', fs: createVirtualFileSystem(files) })
  const found = read(api, ['/house/tsconfig.json'], () => true, '/house')
  return [...found.values()].flat()
}

/** Every text of a language by the file and the name that it has there; what varies with `3` for all values. */
async function listTexts(language: 'en' | 'de'): Promise<Map<string, string>> {
  const list = (name: string, value: unknown): [string, string][] => {
    if (typeof value === 'string') return [[name, value]]
    if (typeof value === 'function') return list(name, value(...Array(value.length).fill(FILLER)))
    return Object.entries(value ?? {}).flatMap(([key, text]) => list(`${name}.${key}`, text))
  }
  const files = globSync(`src/lang/${language}/*.ts`).map(async (path) => {
    const { default: texts } = (await import(join(root, path))) as { default: unknown }
    return list(basename(path, '.ts'), texts)
  })
  return new Map((await Promise.all(files)).flat())
}

/** A value of every kind that a text takes: a number, a word, a list of words. */
const FILLER = Object.assign(['3'], { toString: () => '3', valueOf: () => 3 })

const [english, german] = await Promise.all([listTexts('en'), listTexts('de')])

describe('the catalogues', () => {
  /** Written alike in both. */
  const ALIKE =
    /^(Code:?|Zoom|[\d :,°]+|System|English|Deutsch|Cameo|Original|Private URL|Export|Links|Uploads(: 3)?)$/

  it('have no text that was left in the other language', () => {
    expect(english.size).toBeGreaterThan(500)
    const alike = [...english].filter(([name, text]) => german.get(name) === text && !ALIKE.test(text))
    expect(alike).toEqual([])
  })

  it('say one thing by one word: what is said twice in English is the same twice in German', () => {
    const meanings = new Map<string, Set<string>>()
    for (const [name, text] of english)
      meanings.set(text, (meanings.get(text) ?? new Set()).add(german.get(name) ?? ''))
    const several = [...meanings].filter(([, texts]) => texts.size > 1).map(([text]) => text)
    // The first within a sentence, then of it and of her, of a heading and within a sentence, of a face and of a file,
    // in full and where there is little room.
    expect(several.sort()).toEqual(['Dismiss 3', 'Download', 'Export', 'How to embed it', 'Sign in'])
  })

  it('write German with its own quotation marks and dashes', () => {
    const wrong = [...german].filter(([, text]) => /["“](?=\p{L})|'|\p{L}\.\.\.|\p{L}…| - /u.test(text))
    expect(wrong.filter(([, text]) => !text.includes('. _ - +'))).toEqual([])
  })
})
