/** Certificates that sign for an application. A private key is encrypted, and opened only to sign. */
import { sql, type Selectable } from 'kysely';
import { conflict, Problem } from '../errors.ts';
import type { Handle, Tx } from './database.ts';
import type { SecretBox } from './secrets.ts';
import type { SamlCertificatesTable } from './tables/saml.ts';

type CertificateState = SamlCertificatesTable['state'];

export interface SigningCertificate {
  readonly id: string;
  readonly applicationId: string;
  readonly state: CertificateState;
  /** PEM. */
  readonly certificate: string;
}

/** A certificate with its key, that is in no state yet. */
export interface NewCertificate extends Omit<SigningCertificate, 'state'> {
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** PEM, in the clear. */
  readonly privateKey: string;
}

type Row = Selectable<SamlCertificatesTable>;

const toCertificate = ({ id, application_id, state, certificate }: Row): SigningCertificate => ({
  id,
  applicationId: application_id,
  state,
  certificate,
});

/**
 * Stores a certificate with its key: the application's first one signs at once, any later one waits until it is activated.
 * Throws a `Problem` where the next one is there already. The caller has the application's lock.
 */
export async function addCertificate(
  tx: Tx,
  box: SecretBox,
  made: NewCertificate,
): Promise<SigningCertificate> {
  const others = await listCertificates(tx, made.applicationId);
  if (others.some(({ state }) => state === 'next'))
    throw conflict('The next certificate is there already. Activate it, or delete it first.');
  const { keyId, nonce, ciphertext } = box.seal(made.id, made.privateKey);
  const row = await tx
    .insertInto('saml_certificates')
    .values({
      id: made.id,
      application_id: made.applicationId,
      state: others.some(({ state }) => state === 'current') ? 'next' : 'current',
      certificate: made.certificate,
      not_before: made.notBefore,
      not_after: made.notAfter,
      key_id: keyId,
      nonce,
      ciphertext,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toCertificate(row);
}

/** In the order in which metadata names them: who signs now, who is next, who signed before. */
export async function listCertificates(handle: Handle, applicationId: string): Promise<SigningCertificate[]> {
  const rows = await handle
    .selectFrom('saml_certificates')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy(sql`array_position(ARRAY['current', 'next', 'retired'], state)`)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toCertificate);
}

/** Whether the application has any certificate yet. */
export const hasCertificate = async (handle: Handle, applicationId: string): Promise<boolean> =>
  (await listCertificates(handle, applicationId)).length > 0;

/** Who signs for the application now, or undefined before single sign-on was set up. */
export async function readSigner(
  handle: Handle,
  box: SecretBox,
  applicationId: string,
): Promise<{ readonly certificate: string; readonly privateKey: string } | undefined> {
  const row = await handle
    .selectFrom('saml_certificates')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('state', '=', 'current')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const sealed = { keyId: row.key_id, nonce: row.nonce, ciphertext: row.ciphertext };
  return { certificate: row.certificate, privateKey: box.open(row.id, sealed) };
}

async function findCertificate(tx: Tx, applicationId: string, id: string): Promise<SigningCertificate> {
  const row = await tx
    .selectFrom('saml_certificates')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined)
    throw new Problem(
      'not-found',
      'This application has no such certificate. Somebody may have deleted it: read its certificates again.',
    );
  return toCertificate(row);
}

const setState = (tx: Tx, applicationId: string, from: CertificateState, to: CertificateState) =>
  tx
    .updateTable('saml_certificates')
    .set({ state: to })
    .where('application_id', '=', applicationId)
    .where('state', '=', from)
    .execute();

/** What there is to say of one that is not the next one, to somebody who took it for that. */
const NOT_NEXT: Readonly<Record<Exclude<CertificateState, 'next'>, string>> = {
  current: 'It signs already: somebody has activated it. There is nothing left to do.',
  retired:
    'It signed before, and another one signs now: only the next one can be activated. Make one first, and let the service provider read the metadata.',
};

/** Lets the next certificate sign from now on; the one before stays in the metadata. The caller has the application's lock. */
export async function activateCertificate(
  tx: Tx,
  applicationId: string,
  id: string,
): Promise<SigningCertificate> {
  const found = await findCertificate(tx, applicationId, id);
  if (found.state !== 'next') throw conflict(NOT_NEXT[found.state]);
  await setState(tx, applicationId, 'current', 'retired');
  await setState(tx, applicationId, 'next', 'current');
  return { ...found, state: 'current' };
}

/** Takes a certificate out of the metadata, and forgets its key. */
export async function deleteCertificate(
  tx: Tx,
  applicationId: string,
  id: string,
): Promise<SigningCertificate> {
  const found = await findCertificate(tx, applicationId, id);
  if (found.state === 'current')
    throw conflict('The certificate signs at the moment. Activate the next one first.');
  await tx.deleteFrom('saml_certificates').where('id', '=', id).execute();
  return found;
}
