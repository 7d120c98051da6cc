/** Settings of single sign-on in words: to read them, and to say what changed. */
import { isSame } from '../../../ui/same';
import { count, listed } from '../../../ui/words';
import type { Sso } from './queries';
import { BINDINGS, ENCRYPTIONS, GROUPS, NAME_ID_FORMATS, SIGNS } from './sso-choices';
import { LABELS } from './sso-form';

const NONE = 'None';

const yes = (is: boolean): string => (is ? 'Yes' : 'No');

const certificatesOf = ({ encryption, signing }: Sso['spCertificates']): string => {
  const parts = [
    ...(signing.length > 0 ? [`${count(signing.length, 'certificate')} to sign`] : []),
    ...(encryption === null ? [] : ['1 certificate to encrypt']),
  ];
  return parts.length === 0 ? NONE : listed(parts);
};

const attributesOf = ({ attributes }: Sso): string =>
  attributes.length === 0 ? NONE : attributes.map(({ name }) => name).join(', ');

/** Each setting by its label. */
export const describeSso = (sso: Sso): readonly (readonly [string, string])[] => [
  [LABELS.enabled, sso.enabled ? 'Enabled' : 'Off'],
  ...sso.asks.map(({ label, name }) => [label, sso.answers[name] ?? NONE] as const),
  [LABELS.spEntityId, sso.spEntityId === '' ? NONE : sso.spEntityId],
  [LABELS.acsUrls, sso.acsUrls.length === 0 ? NONE : sso.acsUrls.join(', ')],
  [LABELS.nameId, `${NAME_ID_FORMATS[sso.nameId.format]}, from ${sso.nameId.source}`],
  [LABELS.attributes, attributesOf(sso)],
  [
    LABELS.groupAttribute,
    sso.groupAttribute === null
      ? NONE
      : `${GROUPS[sso.groupAttribute.groups]}, as ${sso.groupAttribute.name}`,
  ],
  [LABELS.sign, SIGNS[sso.sign]],
  [LABELS.encrypt, ENCRYPTIONS[sso.encrypt]],
  [LABELS.wantRequestsSigned, yes(sso.wantRequestsSigned)],
  [LABELS.spCertificates, certificatesOf(sso.spCertificates)],
  [LABELS.defaultRelayState, sso.defaultRelayState ?? NONE],
  [LABELS.sloUrl, sso.sloUrl ?? NONE],
  [LABELS.sloResponseUrl, sso.sloResponseUrl ?? NONE],
  [LABELS.sloBinding, BINDINGS[sso.sloBinding]],
  [LABELS.signOnUrl, sso.signOnUrl ?? NONE],
];

export interface Difference {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** What is different in words. Another certificate in the place of one is as different, and says so. */
export function differencesOf(before: Sso, after: Sso): Difference[] {
  const now = new Map(describeSso(after));
  const found = describeSso(before).map(([label, text]) => ({
    label,
    before: text,
    after: now.get(label) ?? NONE,
  }));
  const differences = found.filter((each) => each.before !== each.after);
  const replaced = !isSame(before.spCertificates, after.spCertificates);
  if (!replaced || differences.some(({ label }) => label === LABELS.spCertificates)) return differences;
  const words = certificatesOf(after.spCertificates);
  return [...differences, { label: LABELS.spCertificates, before: words, after: `${words}, replaced` }];
}
