import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { checkedFetch } from './checked-fetch';
import { LedInsideError, type Resolve } from './checked-lookup';
import { isNetwork, OutboundPolicy } from './inside-addresses';

const none = new OutboundPolicy([]);

/** Answers names as the one who owns them likes, another time otherwise. */
const answering =
  (...answers: readonly (readonly string[])[]): Resolve =>
  (_host, _options, done) => {
    const [addresses = []] = answers.length > 1 ? (answers as string[][]).splice(0, 1) : answers;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

describe('an address', () => {
  it.each([
    ...['127.0.0.1', '0.0.0.0', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254', 'ff02::1'],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
    ],
    ...['localhost', '', '127.1', '0x7f000001'],
  ])('%s is inside, or none', (address) => {
    expect(none.mayReach(address)).toBe(false);
  });

  it.each(['1.1.1.1', '172.32.0.1', '203.113.131.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    '%s is outside',
    (address) => {
      expect(none.mayReach(address)).toBe(true);
    },
  );

  it('inside is reached where the network is named, and only there', () => {
    const policy = new OutboundPolicy(['10.1.0.0/16', '::1', '192.168.7.9']);
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '::1', '192.168.7.9'])
      expect([address, policy.mayReach(address)]).toEqual([address, true]);
    for (const address of ['10.2.0.1', '192.168.7.8', '127.0.0.1', '169.254.169.254'])
      expect([address, policy.mayReach(address)]).toEqual([address, false]);
  });

  it.each([
    ['10.0.0.0/8', true],
    ['fd00::/8', true],
    ['10.0.0.1', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/', false],
    ['mail.xa.example', false],
  ])('%s is a network: %s', (text, is) => {
    expect(isNetwork(text)).toBe(is);
  });
});

describe('asking outside', () => {
  let server: Server;
  let port: number;
  let asked = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      if (request.url === '/away')
        response.writeHead(302, { Location: `http://127.0.0.1:${port}/secret` }).end();
      else response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`${request.method ?? ''} đây`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  it.each([
    ['an address', () => `http://127.0.0.1:${port}/`, answering(['1.1.1.1'])],
    ['an address in another form', () => `http://0x7f000001:${port}/`, answering(['1.1.1.1'])],
    ['an address of IPv6', () => `http://[::ffff:127.0.0.1]:${port}/`, answering(['1.1.1.1'])],
    ['a name', () => `http://inside.example:${port}/`, answering(['127.0.0.1'])],
    ['a name with two addresses', () => `http://two.example:${port}/`, answering(['1.1.1.1', '127.0.0.1'])],
    ['what a cloud tells its machines', () => 'http://meta.example/', answering(['169.254.169.254'])],
  ])('does not lead inside by %s', async (_what, address, resolve) => {
    const before = asked;
    await expect(checkedFetch(none, resolve)(address())).rejects.toThrow(LedInsideError);
    expect(asked).toBe(before);
  });

  it('connects to the address that was checked, whatever the name means the next time', async () => {
    const allowed = new OutboundPolicy(['127.0.0.1']);
    // Looked up a second time it would lead to 127.0.0.2, which is not allowed.
    const fetch = checkedFetch(allowed, answering(['127.0.0.1'], ['127.0.0.2']));
    const answer = await fetch(`http://name.example:${port}/`, {
      method: 'POST',
      body: new URLSearchParams('a=b'),
    });
    expect([answer.status, await answer.text()]).toEqual([200, 'POST đây']);
    await expect(fetch(`http://name.example:${port}/`)).rejects.toThrow(LedInsideError);
  });

  it('follows nobody who sends it elsewhere', async () => {
    const fetch = checkedFetch(new OutboundPolicy(['127.0.0.1']));
    const before = asked;
    expect((await fetch(`http://127.0.0.1:${port}/away`)).status).toBe(302);
    expect(asked).toBe(before + 1);
  });
});
