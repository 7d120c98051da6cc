/** The target's service provider configuration: whether it has one. What it says of itself is not relied on. */
import { isJsonObject, ownValue, type JsonObject } from '../json.ts';
import { hasSchema, urn } from '../resources.ts';
import { notScim } from './unusable.ts';
import { done, judge, type ScimReply, type ScimRequest, type Verdict } from './verdict.ts';

/** Asks what the target can do (RFC 7644 §4). */
export function serviceProviderConfigRequest(): ScimRequest {
  return { method: 'GET', path: '/ServiceProviderConfig' };
}

/** Done where it is one. `again`/`missing` where the target has none, which RFC 7644 §4 does not allow and many do. */
export function judgeServiceProviderConfig(reply: ScimReply): Verdict<undefined> {
  return judge<undefined>(reply, (json) =>
    isJsonObject(json) && isConfig(json) ? done(undefined) : notScim(reply, json, 'a SCIM configuration'),
  );
}

function isConfig(json: JsonObject): boolean {
  if (hasSchema(json, urn.serviceProviderConfig)) return true;
  return ['patch', 'filter', 'bulk'].some((feature) => isJsonObject(ownValue(json, feature)));
}
