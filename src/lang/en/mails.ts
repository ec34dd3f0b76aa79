const SOMEBODY_ELSE = 'If you did not ask for it, do nothing: without this code nobody can'

export default {
  codes: {
    'sign-in': {
      subject: (code: string) => `${code} is your Cameo sign-in code`,
      title: 'Your Cameo sign-in code:',
      unasked: `${SOMEBODY_ELSE} sign in as you.`,
    },
    address: {
      subject: (code: string) => `${code} is your Cameo code to add this address`,
      title: 'Your code to add this address to a Cameo account:',
      unasked: `${SOMEBODY_ELSE} add your address.`,
    },
    deletion: {
      subject: (code: string) => `${code} is your Cameo code to delete your account`,
      title: 'Your code to delete your Cameo account, with everything in it, for good:',
      unasked:
        'If you did not ask for it, somebody is signed in as you: end the sessions that you do not know, in the settings of Cameo.',
    },
  },
  where: 'Type it into the page where you asked for it, within ten minutes.',
  primary: {
    subject: 'Your Cameo account has another primary address',
    said: (email: string) => `The primary address of your Cameo account is ${email} now.`,
    advice:
      'If it was not you who changed it: sign in with this address, make it the primary one again, and end the sessions that you do not know, in the settings.',
  },
  invitation: {
    somebody: 'Somebody',
    subject: (name: string) => `${name} wrote to you on Cameo`,
    said: (name: string) => `${name} wrote to you on Cameo, where people share photos privately.`,
    how: 'The message waits for this e-mail address. To read it, sign in with the address here:',
    last: 'You do not want such mails? Here you end them for this address, whoever writes:',
  },
}
