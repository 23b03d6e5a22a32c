import { createServer } from 'node:net';

function listenOnce(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: given } = server.address();
      server.close(() => resolve(given));
    });
  });
}

/** Free on the loopback address and on every address: some systems let two listeners share a port that way. */
async function isFree(port) {
  return (await listenOnce(port, '127.0.0.1')) !== null && (await listenOnce(port, '0.0.0.0')) !== null;
}

/** The wished port when it is free, else one that the system gives. */
export async function choosePort(wished) {
  if (wished && (await isFree(wished))) return wished;
  for (;;) {
    const given = await listenOnce(0, '127.0.0.1');
    if (given && (await isFree(given))) return given;
  }
}
