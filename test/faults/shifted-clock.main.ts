// Required before a process under test: its own clock is off by CLOCK_OFF_MS, as on a machine whose time was never set.
const offMs = Number(process.env['CLOCK_OFF_MS']);
const RealDate = Date;
const now = () => RealDate.now() + offMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (_target, given: [number?]) =>
    given.length === 0 ? new RealDate(now()) : new RealDate(...(given as [number])),
  get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
});
