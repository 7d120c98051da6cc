/** Loaded into a Rollcall before it starts: its host's clock is wrong by CLOCK_WRONG_MS, and jumps to the other side at SIGUSR2. */
const RealDate = Date;
let wrongMs = Number(process.env.CLOCK_WRONG_MS);
process.on('SIGUSR2', () => {
  wrongMs = -wrongMs;
});

const now = () => RealDate.now() + wrongMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (real, given, made) => Reflect.construct(real, given.length === 0 ? [now()] : given, made),
  get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
});
