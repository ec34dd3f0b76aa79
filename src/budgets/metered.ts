import { toProblem } from '../http/problems'
import { type Kind, spend, type Till, takeBack, type Use } from './budgets'

/** The Images binding as far as it is used, each output counted before it is billed. */
export interface Images {
  input(stream: ReadableStream<Uint8Array>, options?: ImageInputOptions): Transformer
  /** The same; what is made with it counts for this person too, whose photos it is made of. */
  countedFor(owner: string): Images
}

/** The steps before an output. Nothing is handed to the binding until the output is paid for. */
export interface Transformer {
  transform(transform: ImageTransform): Transformer
  output(options: ImageOutputOptions): Promise<ImageTransformationResult>
}

/**
 * The codes that say something of the picture, so that there was work, which may be billed. Any other failure is one of
 * a service that did none: an hour of it must not use up the day.
 * https://developers.cloudflare.com/images/reference/troubleshooting/
 */
const WORKED_ON = [9412, 9413, 9516, 9523]

/**
 * Counts every output of the Images binding, whoever asks for it: no caller can forget. What `spend` refuses, or
 * cannot count, is a Problem; what Images throws is thrown as it is.
 */
export function meterImages(images: ImagesBinding, till: Till, use: Use = {}): Images {
  return {
    countedFor: (owner) => meterImages(images, till, { owner }),
    input(stream, options) {
      const pay = (steps: ImageTransform[]): Transformer => ({
        transform: (step) => pay([...steps, step]),
        async output(to) {
          return counted(till, {
            kind: 'transforms',
            use,
            work: () =>
              steps.reduce((image, step) => image.transform(step), images.input(stream, options)).output(to),
            isFree: (error) =>
              !(error instanceof Error && 'code' in error && WORKED_ON.includes(Number(error.code))),
            // Whoever reads an object and does not end it keeps a connection open.
            refused: () => stream.cancel().catch(() => undefined),
          })
        },
      })
      return pay([])
    },
  }
}

/** The mail binding as far as it is used, each mail counted before it is billed. */
export interface Mailer {
  send(mail: Parameters<SendEmail['send']>[0], use: Use): Promise<EmailSendResult>
}

/** Counts every mail. One that is not taken costs nothing. */
export function meterMail(email: SendEmail, till: Till): Mailer {
  return {
    send: (mail, use) =>
      counted(till, { kind: 'mails', use, work: () => email.send(mail), isFree: () => true }),
  }
}

interface Costly<T> {
  kind: Kind
  use: Use
  work(): Promise<T>
  /** Whether what failed in this way cost nothing. */
  isFree(error: unknown): boolean
  refused?(): unknown
}

/** @throws Problem where it may not be done; what the work throws */
async function counted<T>(till: Till, { kind, use, work, isFree, refused }: Costly<T>): Promise<T> {
  const receipt = await spend(till, kind, use).catch((error) => {
    refused?.()
    throw toProblem(error)
  })
  try {
    return await work()
  } catch (error) {
    // Not taking it back is the safe side: the day is then shorter by one.
    if (isFree(error)) await takeBack(till, receipt).catch(() => undefined)
    throw error
  }
}
