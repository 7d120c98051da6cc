import { expect, it } from 'vitest';
import { cannotListen } from './listening.ts';

it.each(['ENOTFOUND', 'EAI_AGAIN'])('says that a HOST is the name of no address (%s)', (code) => {
  const error = Object.assign(new Error('getaddrinfo'), { code });
  expect(cannotListen(error, { host: 'nope.invalid', port: 80 }, 'HOST and PORT')).toMatchObject({
    kind: 'unavailable',
    message:
      "Can't listen on nope.invalid, port 80: no address has that name. Choose one that this machine has (HOST and PORT).",
  });
});
