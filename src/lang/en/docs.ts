export default {
  title: 'Embed pictures',
  pages: 'Documentation',
  guide: 'Guide',
  api: 'API reference',
  onThisPage: 'On this page',
  example: (section: string) => `the example: ${section}`,
  sheet: 'A hundred of them',
  errors: 'Error codes',
  errorsBefore: 'Every error of the API is ',
  errorsBetween: ' (RFC 9457). Its ',
  errorsAnd: ' is one of these and stays the same; its ',
  errorsAfter: ' is for people and may change.',
}
