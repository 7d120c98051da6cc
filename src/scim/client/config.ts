/** The target's service provider configuration: asking for it, and reading it tolerantly. */
import { isJsonObject, ownValue, type JsonObject } from '../json.ts';
import { hasSchema, urn, wireBoolean, wireCount } from '../resources.ts';
import { notScim } from './unusable.ts';
import { done, judge, type ScimReply, type ScimRequest, type Verdict } from './verdict.ts';

/** What a target says of itself (RFC 7643 §5, RFC 9865 §4). Undefined is what it does not say. */
interface ServiceProviderConfig {
  readonly patch: boolean | undefined;
  readonly filter: boolean | undefined;
  /** The most records that a filtered list answers. */
  readonly maxResults: number | undefined;
  readonly changePassword: boolean | undefined;
  readonly sort: boolean | undefined;
  readonly etag: boolean | undefined;
  readonly bulk: {
    readonly supported: boolean | undefined;
    readonly maxOperations: number | undefined;
    readonly maxPayloadSize: number | undefined;
  };
  readonly pagination: {
    readonly cursor: boolean | undefined;
    readonly index: boolean | undefined;
    readonly maxPageSize: number | undefined;
  };
}

/** Asks what the target can do (RFC 7644 §4). */
export function serviceProviderConfigRequest(): ScimRequest {
  return { method: 'GET', path: '/ServiceProviderConfig' };
}

/** The configuration. `again`/`missing` where the target has none, which RFC 7644 §4 does not allow and many do. */
export function judgeServiceProviderConfig(reply: ScimReply): Verdict<ServiceProviderConfig> {
  return judge<ServiceProviderConfig>(reply, (json) =>
    isJsonObject(json) && isConfig(json)
      ? done(readConfig(json))
      : notScim(reply, json, 'a SCIM configuration'),
  );
}

function isConfig(json: JsonObject): boolean {
  if (hasSchema(json, urn.serviceProviderConfig)) return true;
  return ['patch', 'filter', 'bulk'].some((feature) => isJsonObject(ownValue(json, feature)));
}

function readConfig(json: JsonObject): ServiceProviderConfig {
  const [bulk, filter, pagination] = [part(json, 'bulk'), part(json, 'filter'), part(json, 'pagination')];
  return {
    patch: flag(part(json, 'patch'), 'supported'),
    filter: flag(filter, 'supported'),
    maxResults: count(filter, 'maxResults'),
    changePassword: flag(part(json, 'changePassword'), 'supported'),
    sort: flag(part(json, 'sort'), 'supported'),
    etag: flag(part(json, 'etag'), 'supported'),
    bulk: {
      supported: flag(bulk, 'supported'),
      maxOperations: count(bulk, 'maxOperations'),
      maxPayloadSize: count(bulk, 'maxPayloadSize'),
    },
    pagination: {
      cursor: flag(pagination, 'cursor'),
      index: flag(pagination, 'index'),
      maxPageSize: count(pagination, 'maxPageSize'),
    },
  };
}

function part(json: JsonObject, name: string): JsonObject {
  const value = ownValue(json, name);
  return isJsonObject(value) ? value : {};
}

const flag = (json: JsonObject, name: string): boolean | undefined => wireBoolean(ownValue(json, name));
const count = (json: JsonObject, name: string): number | undefined => wireCount(ownValue(json, name));
