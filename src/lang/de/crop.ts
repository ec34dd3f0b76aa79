import type en from '../en/crop'
import { formatNumber } from '../formats'

const percent = (part: number) => formatNumber(part, { style: 'percent', maximumFractionDigits: 0 })

export default {
  title: 'Ausschnitt wählen',
  area: 'Bild für den Ausschnitt',
  kind: 'verschiebbares Bild',
  keys: 'Ziehe das Bild oder nimm die Pfeiltasten. Zoome mit dem Rad, zwei Fingern oder + und −.',
  zoom: 'Zoom',
  turn: 'Begradigen',
  degrees: (turn) => `${formatNumber(turn, { maximumFractionDigits: 1 })}°`,
  turnLeft: 'Nach links drehen',
  turnRight: 'Nach rechts drehen',
  reset: 'Von vorn',
  previews: 'So zeigen es andere Websites',
  previewOf: (pixels) => `${formatNumber(pixels)} Pixel`,
  whole: 'Ganzes Bild verwenden',
  goOn: 'Weiter',
  place: ({ across, down, size }) =>
    `Die Mitte liegt bei ${percent(across)} von links und ${percent(down)} von oben. Der Ausschnitt misst ${percent(size)} der kurzen Seite.`,

  wordsTitle: 'Was ist auf dem Bild?',
  description: 'Beschreibung',
  example: 'Eine Frau mit rotem Schal lacht am Strand',
  why: 'Für alle, die es nicht sehen können: Sie steht überall dabei, wo dein Bild eingebunden ist.',
  back: 'Zurück',
  skip: 'Überspringen',
  use: 'Als mein Bild verwenden',
  keep: 'Speichern',
  retry: 'Erneut versuchen',

  fetching: 'Das Original wird geholt',
  cutting: 'Der Ausschnitt wird erstellt',
  sent: (done, all) => `${done} von ${all}`,
  checking: 'Das Bild wird geprüft',
  progress: 'Fortschritt des Bildes',
  unreadable:
    'Dieser Browser kann das Original nicht lesen. Versuche es mit einem anderen Browser oder verwende das ganze Bild.',
} satisfies typeof en
