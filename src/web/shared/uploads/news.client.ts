import type { Gate, Row } from './rows.client'

/** What the tabs of a browser tell each other. */
export interface News {
  user: string
  /** How it stands, from the tab that leads. */
  rows?: Row[]
  gate?: Gate
  gone?: string[]
  /** A row that is done, once. */
  done?: Row
  /** For the tab that leads. */
  wish?: Wish
  /** That tab has done what was wished. */
  granted?: string
  /** A tab wants to know how it stands. */
  wants?: boolean
  /** It has just been opened: whoever it is is signed in. */
  arrives?: boolean
  /** Whoever it is signs out. */
  over?: boolean
}

/** What is to be done with the rows of the tray. */
export interface Wish {
  id: string
  add?: { row: Row; file: File }
  go?: string[]
  close?: string[]
}
