/** Settings taken from a service provider's metadata, over those that are there. */
import { NAME_ID_FORMAT } from './names.ts';
import type { SsoSettings, SsoSettingsInput } from './settings.ts';
import type { SpMetadata } from './sp-metadata.ts';

/**
 * What the metadata says replaces what was there; what it says nothing of stays. To be parsed before it is stored, which refuses
 * it where a key is missing for what is to be signed or encrypted: neither is given up without a word.
 */
export function ssoFromMetadata(before: SsoSettings, metadata: SpMetadata): SsoSettingsInput {
  const { signing, encryption } = metadata.certificates;
  return {
    ...before,
    spEntityId: metadata.entityId,
    ...acsFrom(metadata),
    nameId: { ...before.nameId, format: knownFormat(metadata.nameIdFormats) ?? before.nameId.format },
    sign: metadata.wantAssertionsSigned && before.sign === 'response' ? 'both' : before.sign,
    wantRequestsSigned: metadata.authnRequestsSigned ?? before.wantRequestsSigned,
    spCertificates: { signing: [...signing], encryption },
    sloUrl: metadata.slo?.url ?? null,
    sloResponseUrl: metadata.slo?.responseUrl ?? null,
    sloBinding: metadata.slo?.binding ?? before.sloBinding,
  };
}

/** Each address once. Numbers that are not numbers, or the same for two, are as good as none. */
function acsFrom({ acs }: SpMetadata): { acsUrls: string[]; acsIndexes: number[] } {
  const distinct = acs.filter(
    ({ url }, position) => acs.findIndex((other) => other.url === url) === position,
  );
  const indexes = distinct.map(({ index }) => index);
  const usable = new Set(indexes).size === indexes.length && indexes.every(Number.isInteger);
  return { acsUrls: distinct.map(({ url }) => url), acsIndexes: usable ? indexes : [] };
}

const FORMATS = Object.values(NAME_ID_FORMAT);

/** The first that Rollcall can give, `unspecified` leaving the choice to us. */
function knownFormat(formats: readonly string[]) {
  return FORMATS.find((known) => known === formats.find((format) => FORMATS.some((one) => one === format)));
}
