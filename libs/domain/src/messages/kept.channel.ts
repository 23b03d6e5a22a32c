import { type Channel } from './channel.port';

/** Mail of a sandbox: composed and kept like any other, to be read in the list of outgoing mail. Nothing leaves. */
export const keptMail: Channel = {
  name: 'mail',
  addressOf: ({ email }) => (email?.trim() ? email.trim() : null),
  keyOf: (id) => `<${id}@sandbox.invalid>`,
  handOver: () => Promise.resolve('kept in the sandbox; nothing was sent'),
  close: () => Promise.resolve(),
};
