/** Why a picture could not be fetched from another service. */
export default {
  none: (service: string, email: string) => `${service} has no picture for ${email}.`,
  kind: (service: string) => `What ${service} has of you is not a JPEG, PNG, WebP, GIF or AVIF picture.`,
  damaged: (service: string) =>
    `What ${service} sent cannot be read as a picture. Save it there and upload it here yourself.`,
  tooLarge: (service: string, limit: string) =>
    `Your picture at ${service} is larger than ${limit}. Make it smaller and upload it.`,
  tooManyPixels: 'This picture has more than 50 megapixels. Make it smaller and upload it.',
  unavailable: (service: string) =>
    `Your picture could not be fetched from ${service}. Try again in a minute.`,
}
