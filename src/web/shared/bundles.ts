import assets from '../../../dist/assets.json'
import { currentLanguage } from '../../lang/current'

/** The pages that have browser code, by the names of their folders. */
export type Script = keyof typeof assets extends infer Name
  ? Name extends `${infer Page}.en.js`
    ? Page
    : never
  : never

/** The path of a page's browser code in the language of the page. */
export function findScript(page: Script): string {
  const language = currentLanguage()
  const name = `${page}.${language === 'ar-XB' ? 'en-XA' : language}.js`
  return (assets as Record<string, string>)[name] ?? assets[`${page}.en.js`]
}
