/** One plain mailbox, as people write it: no quotes, comments, lists or white space. */
const mailbox =
  /^[a-z0-9](?:[a-z0-9.!#$%&'*+/=?^_`{|}~-]{0,62}[a-z0-9])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

export const isMailbox = (address: string): boolean => address.length <= 254 && mailbox.test(address);
