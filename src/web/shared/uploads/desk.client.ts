import type { Gate, Row } from './rows.client'

/** What the tray does for the uploads. */
export interface Desk {
  maxBytes: number
  /** All rows in the tray, by their ids. */
  rows: Map<string, Row>
  /** Told that rows are not as they were. */
  show(): void
  setGate(gate: Gate): void
  keepRow(row: Row): Promise<void>
  keepFile(row: Row, file: File): Promise<boolean>
  readFile(id: string): Promise<File | null>
  /** Told of each row that is done, once. */
  done(row: Row): void
}

export interface Engine {
  /** Looks at rows that are new or back: those that wait are sent. */
  start(rows: Row[], files?: Map<string, File>): void
  /** Goes on with rows that stopped; what they asked is granted. */
  go(row: Row): void
  /** Stops a row for good. */
  cancel(row: Row): void
  /** The connection is back, or might be. */
  tryNow(): void
  /** Keeps what is not kept, since the person is signed in again. */
  keepAll(): void
}
