/** Signing in to applications: assertions a second on one core, and how much of that is the RSA signatures. */
import { createSign, randomBytes } from 'node:crypto';
import { createKeyPair } from '../src/saml/certificate.ts';
import { ATTRIBUTE_NAME_FORMAT, NAME_ID_FORMAT } from '../src/saml/names.ts';
import { buildResponse, type SignOn } from '../src/saml/response.ts';
import { report } from './report.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** Response and assertion are both signed, as most service providers want it. */
const SIGNATURES = 2;

async function newSignOn(): Promise<SignOn> {
  const now = new Date();
  const signer = await createKeyPair({
    commonName: 'bench',
    notBefore: now,
    notAfter: new Date(now.getTime() + YEAR_MS),
    serialNumber: `4${randomBytes(8).toString('hex').slice(1)}`,
    modulusLength: 2048,
  });
  const id = (): string => `_${randomBytes(20).toString('hex')}`;
  const email = 'ada@example.com';
  return {
    id: id(),
    assertionId: id(),
    issuer: 'https://rollcall.example.com/saml/application/metadata',
    destination: 'https://sp.example.com/acs',
    audience: 'https://sp.example.com/metadata',
    inResponseTo: id(),
    now,
    signer,
    nameId: { value: email, format: NAME_ID_FORMAT.emailAddress },
    authnInstant: now,
    sessionIndex: id(),
    contextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    attributes: [{ name: 'email', nameFormat: ATTRIBUTE_NAME_FORMAT.basic, values: [email] }],
    sign: 'both',
    encryptTo: null,
  };
}

/** Milliseconds for each of `count` runs, one after the other. */
async function timed(count: number, work: () => Promise<unknown> | undefined): Promise<number> {
  const started = performance.now();
  for (let done = 0; done < count; done += 1) await work();
  return (performance.now() - started) / count;
}

export async function benchSignIn({ assertions }: { readonly assertions: number }): Promise<void> {
  const signOn = await newSignOn();
  const octets = randomBytes(600);
  const signature = (): undefined => {
    createSign('sha256').update(octets).sign(signOn.signer.privateKey);
    return undefined;
  };
  await timed(50, () => buildResponse(signOn));
  const whole = await timed(assertions, () => buildResponse(signOn));
  const signing = SIGNATURES * (await timed(assertions, signature));
  const common = { bench: 'signin', case: `${assertions} assertions`, ratio: null, holds: true, bar: 'none' };
  report({ ...common, value: 1000 / whole, unit: 'assertions/s on one core' });
  report({ ...common, value: (100 * signing) / whole, unit: '% of the time is RSA signing' });
}
