import { startCopyButtons } from '../shared/copy.client'

startCopyButtons()
