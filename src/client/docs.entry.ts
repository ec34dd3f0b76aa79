import { startCopyButtons } from './copy'

startCopyButtons()
