/** What the doctor finds at the certificates of an application's single sign-on: ours, which expires, and the service provider's. */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { readCertificate } from '../saml/certificate.ts';
import { RENEWAL_DAYS } from '../saml/renewal.ts';
import type { Backend } from './backend.ts';
import { problem, warning, type Finding } from './finding.ts';

const certificateSchema = z.looseObject({ state: z.string(), notAfter: z.string() });
const ssoSchema = z.looseObject({
  identityProvider: z.looseObject({ certificates: z.array(certificateSchema) }),
  spCertificates: z.looseObject({ signing: z.array(z.string()), encryption: z.string().nullable() }),
});

type Sso = z.infer<typeof ssoSchema>;

const DAY_MS = 24 * 3600 * 1000;
const SOON_MS = RENEWAL_DAYS * DAY_MS;

const MAKE_NEXT =
  'Make the next one (`POST /api/v1/applications/{id}/sso/certificates`), let the service provider know it, and activate it: docs/sign-on.md, "Change the certificate".';
const ACTIVATE_NEXT =
  'The next one is made: activate it as soon as the service provider knows it (docs/sign-on.md, "Change the certificate").';

/** NIST SP 800-131A, since 2014. */
const STRONG_BITS = 2048;

/** Keys of the service provider that are too weak by now. They are used all the same: only there can others be made. */
function checkTheirKeys(check: string, { encryption, signing }: Sso['spCertificates']): Finding[] {
  const keys = [
    ...signing.map((pem) => ['sign with', pem] as const),
    ...(encryption === null ? [] : [['encrypt for', encryption] as const]),
  ];
  return keys
    .map(([use, pem]) => ({ use, ...readCertificate(pem) }))
    .filter(({ modulusLength }) => modulusLength < STRONG_BITS)
    .map(({ fingerprint, modulusLength, use }) =>
      warning(
        check,
        `The service provider's key to ${use} has ${modulusLength} bits, which is weak by now (certificate ${fingerprint}). Have it make one of ${STRONG_BITS} bits or more, and upload its metadata again.`,
      ),
    );
}

/**
 * Whether the certificate that signs now will do until the next one is made and known ({@link RENEWAL_DAYS}), and whether the service
 * provider's keys are strong.
 */
export async function checkCertificate(
  backend: Backend,
  id: string,
  check: string,
  clock: Clock,
): Promise<Finding[]> {
  const { identityProvider, spCertificates } = await backend.call(
    ssoSchema,
    'GET',
    `/applications/${id}/sso`,
  );
  return [...checkOwn(check, identityProvider, clock), ...checkTheirKeys(check, spCertificates)];
}

function checkOwn(check: string, { certificates }: Sso['identityProvider'], clock: Clock): Finding[] {
  const current = certificates.find(({ state }) => state === 'current');
  const left = current === undefined ? Infinity : Date.parse(current.notAfter) - clock.now().getTime();
  if (left > SOON_MS) return [];
  const whatToDo = certificates.some(({ state }) => state === 'next') ? ACTIVATE_NEXT : MAKE_NEXT;
  const day = current?.notAfter.slice(0, 10) ?? '';
  return left > 0
    ? [warning(check, `The certificate that signs people in there expires on ${day}. ${whatToDo}`)]
    : [problem(check, `The certificate that signs people in there expired on ${day}. ${whatToDo}`)];
}
