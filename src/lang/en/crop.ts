import { formatNumber } from '../formats'

const percent = (part: number) => formatNumber(part, { style: 'percent', maximumFractionDigits: 0 })

export default {
  title: 'Frame your picture',
  area: 'Picture to frame',
  kind: 'picture that can be moved',
  keys: 'Drag, or use the arrow keys. Zoom with the wheel, two fingers, or + and −.',
  zoom: 'Zoom',
  turn: 'Straighten',
  degrees: (turn: number) => `${formatNumber(turn, { maximumFractionDigits: 1 })}°`,
  turnLeft: 'Turn left',
  turnRight: 'Turn right',
  reset: 'Start over',
  previews: 'As other sites show it',
  previewOf: (pixels: number) => `${formatNumber(pixels)} pixels`,
  whole: 'Use the whole picture',
  goOn: 'Continue',
  place: (values: { across: number; down: number; size: number }) =>
    `The middle is at ${percent(values.across)} from the left and ${percent(values.down)} from the top. The frame is ${percent(values.size)} of the short side.`,

  wordsTitle: 'What is in the picture?',
  description: 'Description',
  example: 'A woman with a red scarf laughs on a beach',
  why: 'For people who cannot see it: it goes along wherever your picture is embedded.',
  back: 'Back',
  skip: 'Skip',
  use: 'Use as my picture',
  keep: 'Save',
  retry: 'Try again',

  fetching: 'Fetching the original',
  cutting: 'Cutting',
  sent: (done: string, all: string) => `${done} of ${all}`,
  checking: 'Checking the picture',
  progress: 'Progress of the picture',
  unreadable: 'This browser cannot read the original. Try another browser, or use the whole picture.',
}
