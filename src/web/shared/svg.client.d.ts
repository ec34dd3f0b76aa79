/** build.mjs makes SVG files that are imported text modules, as wrangler.toml does for the pages. */
declare module '*.svg' {
  const text: string
  export default text
}
