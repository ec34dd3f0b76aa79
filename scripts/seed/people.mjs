import {
  animal,
  aurora,
  balloons,
  city,
  cutOut,
  dunes,
  fields,
  forest,
  lighthouse,
  mountains,
  planet,
  portrait,
  sea,
  tiles,
  waves,
} from './scenes.mjs'

/**
 * @typedef {object} Picture
 * @property {number} number stands on the picture, and in its alt text, by which a second run knows it
 * @property {string} altText
 * @property {[number, number]} size width and height in pixels, upright
 * @property {Function} scene
 * @property {string[]} colors
 * @property {object} [options] of the scene
 * @property {'jpeg' | 'png' | 'webp' | 'gif'} [format] `jpeg` where it is missing
 * @property {boolean} [turned] stored lying, with an EXIF orientation
 * @property {number} [frames] of an animation
 * @property {'g' | 'pg' | 'r' | 'x'} [rating] `g` where it is missing
 * @property {number} [taken] when, in milliseconds since 1970; by its number where it is missing
 */

const DAWN = ['#5b7db1', '#f6c7a5', '#fff1c9', '#a9a6c4', '#7d86b0', '#566291', '#35406b', '#1f2747']
const NOON = ['#3f8fd6', '#cfeaf8', '#fff6d6', '#9cc3d8', '#6fa3b8', '#4b8a86', '#2f6f5e', '#1d4a40']
const DUSK = ['#2a2352', '#e5667a', '#ffd9a0', '#a14a7e', '#7a3a75', '#552d66', '#38224f', '#211637']
const SUNSET = ['#3a3d7c', '#f08a6b', '#ffd18c', '#fff0b8', '#2d4a86', '#fff7ec']
const LAGOON = ['#4fb3d9', '#a9e2ee', '#e9fbf5', '#fffbe0', '#1f9aa5', '#ff7f6b']
const SAND = ['#7cc1e4', '#fdebc8', '#fff8dc', '#edc27f', '#dfa45b', '#c7823f', '#a5622c']
const RED_SAND = ['#e9a178', '#fde0b5', '#fff5da', '#d9724a', '#bb5236', '#933a2d', '#682627']
const NIGHT_WOOD = ['#0f2440', '#3f6f8f', '#f6f3da', '#2d5a70', '#1d4256', '#12303f', '#0a1f2a']
const AUTUMN = ['#f4c98f', '#fbe9c6', '#fff8e4', '#d98e4a', '#b9632f', '#8a4325', '#5a2a1c']
const CITY = ['#1b1d4a', '#8a4f8d', '#fdf1c8', '#4b3f7a', '#191a3a', '#ffd56b']
const NEON = ['#08203e', '#3e7cb1', '#eef6ff', '#1e4a7a', '#0b1c33', '#7df9e0']

const square = [800, 800]
const wide = [1200, 900]
const screen = [1280, 720]
const high = [750, 1000]
const snapshot = [1200, 800]

/** Number, what it shows, size, scene, colours, and what else there is to say. */
const photo = (number, what, size, scene, colors, more = {}) => ({
  number,
  altText: `${what} (picture ${number})`,
  size,
  scene,
  colors,
  ...more,
})

/**
 * The five people of a development database and what is known of them. `active` is the
 * number of a picture, `query` what its URL needs to show it. Between
 * them they have what has broken pages before: names that are long, that run from right to left, that are drawn by
 * emoji; nobody's picture; a picture that a look-up must not show; shapes from a wide strip to a tall one.
 */
export const PEOPLE = [
  {
    email: 'ada@example.com',
    note: 'twelve photos of every shape and type',
    displayName: 'Ada Lindqvist',
    active: 1,
    photos: [
      photo(
        1,
        'A woman with a bun and glasses',
        square,
        portrait,
        ['#f7b267', '#f4845f', '#f2c9a1', '#5a3825', '#2a9d8f', '#ffe8c2'],
        { options: { hair: 'bun', glasses: true } },
      ),
      photo(2, 'Mountains at dawn', wide, mountains, DAWN),
      photo(3, 'A sail before the evening sun', snapshot, sea, SUNSET),
      photo(4, 'A very wide view of mountains at noon', [4000, 800], mountains, NOON),
      photo(5, 'Firs in the moonlight', high, forest, NIGHT_WOOD),
      photo(6, 'Hot-air balloons', square, balloons, [
        '#5bb5e8',
        '#d8f1fb',
        '#ef5d60',
        '#ffd166',
        '#2a9d8f',
        '#fff1d0',
      ]),
      photo(7, 'A flower, cut out', [1000, 1000], cutOut, ['#ff7aa2', '#ff9fbd', '#ffd166'], {
        options: { kind: 'flower' },
        format: 'png',
      }),
      photo(8, 'A house in the fields', wide, fields, [
        '#79c3ec',
        '#e6f6fb',
        '#fff3bf',
        '#8cc37a',
        '#a7c957',
        '#6a994e',
      ]),
      photo(
        9,
        'A planet with a ring',
        screen,
        planet,
        ['#0b1030', '#3a2a6a', '#f2a65a', '#c8553d', '#ffe3b3', '#d8dee9'],
        { format: 'webp' },
      ),
      photo(10, 'The city at night', snapshot, city, CITY),
      photo(11, 'A tall lighthouse', [600, 2400], lighthouse, [
        '#141a3d',
        '#6a6fb3',
        '#24407a',
        '#fff2b0',
        '#d1495b',
        '#3d3a4f',
      ]),
      photo(
        12,
        'A pattern of tiles',
        square,
        tiles,
        ['#fdf0d5', '#f4d58d', '#bf0603', '#708d81', '#001427', '#fdf0d5'],
        { format: 'gif' },
      ),
    ],
  },
  {
    email: 'maximiliana@example.com',
    note: 'ten photos, the longest name that fits',
    displayName:
      'Maximiliana Theodora Annunziata von Hohenfels-Castelbianco, Keeper of the Seven Northern Lighthouses',
    active: 13,
    photos: [
      photo(13, 'A lighthouse at dusk', square, lighthouse, [
        '#33265c',
        '#f08f80',
        '#3c4f8c',
        '#fff2b0',
        '#c0392b',
        '#3a2f4a',
      ]),
      photo(14, 'A very wide harbour at sunset', [2400, 600], sea, SUNSET, { format: 'webp' }),
      photo(15, 'Northern lights', wide, aurora, ['#06122b', '#1c4a5a', '#7cf5c4', '#66c7f4', '#b58df1']),
      photo(
        16,
        'A lighthouse by day',
        high,
        lighthouse,
        ['#4fa9e0', '#dff3fb', '#2f7fb0', '#fffbe0', '#1d6fa3', '#5d6470'],
        { turned: true },
      ),
      photo(17, 'A sail in the lagoon', snapshot, sea, LAGOON),
      photo(18, 'A fish, cut out', [1000, 750], cutOut, ['#ff9f43', '#ee6c4d', '#fff3e0'], {
        options: { kind: 'fish' },
        format: 'png',
      }),
      photo(19, 'An owl', square, animal, ['#2f3e63', '#6f86b5', '#8d6a4f', '#f3e3cb', '#5a3f2d'], {
        options: { kind: 'owl' },
      }),
      photo(20, 'Waves of paper', [720, 1280], waves, ['#0b3954', '#bfd7ea', '#087e8b', '#fef9ef']),
      photo(21, 'Mountains at dusk', screen, mountains, DUSK),
      photo(22, 'A stamp of a gem', [96, 96], cutOut, ['#2ec4b6', '#7be0d6', '#1a9c91'], {
        options: { kind: 'gem' },
        format: 'png',
      }),
    ],
  },
  {
    email: 'noor@example.com',
    note: 'eight photos, a name from right to left, look-up switched off: shown by the public key alone',
    displayName: 'نور بنت يوسف الحكيم',
    publicLookup: false,
    active: 23,
    photos: [
      photo(
        23,
        'A woman with long hair',
        square,
        portrait,
        ['#8ecae6', '#219ebc', '#d9a577', '#241a17', '#fb8500', '#dff3fa'],
        { options: { hair: 'long' } },
      ),
      photo(24, 'Dunes in the morning', wide, dunes, SAND),
      photo(25, 'A very wide desert of red sand', [2000, 500], dunes, RED_SAND),
      photo(26, 'A cup of coffee, cut out', [1000, 1000], cutOut, ['#e07a5f', '#c8634a', '#4a2c20'], {
        options: { kind: 'cup' },
        format: 'webp',
      }),
      photo(27, 'Tiles of a courtyard', high, tiles, [
        '#f1faee',
        '#1d3557',
        '#457b9d',
        '#a8dadc',
        '#e9c46a',
        '#f1faee',
      ]),
      photo(28, 'A cat', square, animal, ['#f8d9c4', '#f3a683', '#6d6875', '#e5d4ce', '#4a4653'], {
        options: { kind: 'cat' },
      }),
      photo(29, 'Stars over a striped planet', high, planet, [
        '#12062f',
        '#5b2a6f',
        '#70c1b3',
        '#247ba0',
        '#f3ffbd',
        '#ffb5a7',
      ]),
      photo(30, 'The city by the neon lights', screen, city, NEON),
    ],
  },
  {
    email: 'pip@example.com',
    note: 'ten photos, emoji in the name, the active photo is rated r',
    query: 's=400&r=r',
    displayName: 'Pip 🦊 Okafor 👩🏽‍🚀🌈',
    active: 31,
    photos: [
      photo(
        31,
        'A man with a beard',
        square,
        portrait,
        ['#b8e0d2', '#5fa8a0', '#8d5a3b', '#2b1a12', '#e63946', '#e7f7f0'],
        { options: { hair: 'beard', glasses: true }, rating: 'r' },
      ),
      photo(32, 'A fox', square, animal, ['#cde7be', '#7fb685', '#e76f2e', '#fff4e6', '#7a2e12'], {
        options: { kind: 'fox' },
      }),
      photo(
        33,
        'Somebody with curls',
        high,
        portrait,
        ['#ffd6e0', '#c77dff', '#f0c6a4', '#b3541e', '#3a0ca3', '#fff0f5'],
        { options: { hair: 'curls' }, rating: 'pg' },
      ),
      photo(
        34,
        'A bear in the evening',
        square,
        animal,
        ['#f6bd60', '#e07a5f', '#8a5a3c', '#e9cba7', '#2f1c12'],
        { options: { kind: 'bear' }, format: 'webp' },
      ),
      photo(
        35,
        'A sky that twinkles',
        [480, 480],
        planet,
        ['#070b24', '#27346a', '#ef476f', '#b5305a', '#ffd166', '#e0e6f0'],
        { format: 'gif', frames: 4 },
      ),
      photo(36, 'A wood in autumn', wide, forest, AUTUMN),
      photo(37, 'Balloons on a tall day', [720, 1560], balloons, [
        '#f9b384',
        '#fde9cf',
        '#3d5a80',
        '#ee6c4d',
        '#98c1d9',
        '#fff6e9',
      ]),
      photo(38, 'A leaf, cut out', [750, 1000], cutOut, ['#6a994e', '#518040', '#e9f5db'], {
        options: { kind: 'leaf' },
        format: 'png',
      }),
      photo(
        39,
        'Northern lights over a very wide wood',
        [1800, 600],
        aurora,
        ['#120b33', '#3b2a6b', '#f78fb3', '#9d7bff', '#63e6be'],
        { rating: 'x' },
      ),
      photo(40, 'Twelve megapixels of fields', [4000, 3000], fields, [
        '#f6a97a',
        '#fde4c0',
        '#fff6d8',
        '#c98f4e',
        '#d9a441',
        '#a6702a',
      ]),
    ],
  },
  {
    email: 'sam@example.com',
    note: 'no photo at all: the default picture',
    displayName: 'Sam Newcomer',
    active: null,
    photos: [],
  },
]
