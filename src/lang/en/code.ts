export default {
  sent: 'We sent an eight-digit code to ',
  works: '. It works for ten minutes, in this browser only.',
  local: 'Development: mail stays on this machine.',
  mailbox: 'Open the local mailbox',
  label: 'Code',
  resend: 'Resend code',
  resendIn: (seconds: number) => `Resend in ${seconds} s`,
  resent: 'A new code is on its way. The old one no longer works.',
  mail: 'E-mail me a code',
}
