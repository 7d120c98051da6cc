/** One application's connection, read once a slice: its rules and where its target is; its token only where it is sent. */
import { requireConnector, type Connector } from '../connectors/catalog.ts';
import {
  defaultThreshold,
  effectiveBaseUrl,
  effectiveBehaviour,
  type Threshold,
} from '../connectors/settings.ts';
import type { Behaviour } from '../connectors/connector.ts';
import { compileMapping, type Mapping } from '../provisioning/desired.ts';
import { getApplication, type Application } from '../store/applications.ts';
import type { Handle } from '../store/database.ts';
import { readSecret, tokenSecretId, type SecretBox } from '../store/secrets.ts';

export interface Connection {
  readonly application: Application;
  readonly connector: Connector;
  readonly behaviour: Behaviour;
  readonly mapping: Mapping;
  readonly paths: readonly string[];
  readonly threshold: Threshold;
  readonly baseUrl: string | null;
}

/** Where a target is, and the token with which it is called. */
export interface Address {
  readonly baseUrl: string;
  readonly token: string;
}

/** Compiling a mapping takes longer than sending one change: connections that map alike share what was compiled. */
const compiled = new Map<string, Mapping>();
/** Texts that are kept at most; the oldest makes room. */
const MOST_COMPILED = 1000;

function mappingOf(rows: Behaviour['mapping']): Mapping {
  const text = JSON.stringify(rows);
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const mapping = compileMapping(rows);
  const [oldest] = compiled.keys();
  if (oldest !== undefined && compiled.size >= MOST_COMPILED) compiled.delete(oldest);
  compiled.set(text, mapping);
  return mapping;
}

/** Reads a connection. Throws a Problem where the application does not exist, or this version does not have its connector. */
export async function loadConnection(db: Handle, applicationId: string): Promise<Connection> {
  const application = await getApplication(db, applicationId);
  const connector = requireConnector(application);
  const behaviour = effectiveBehaviour(connector, application.settings);
  return {
    application,
    connector,
    behaviour,
    mapping: mappingOf(behaviour.mapping),
    paths: behaviour.mapping.map((row) => row.target),
    threshold: application.settings.threshold ?? defaultThreshold,
    baseUrl: effectiveBaseUrl(connector, application.settings),
  };
}

/**
 * The token with which an application's target is called, null where there is none. Throws a Problem where it cannot be
 * opened: this server has another key than the one it was encrypted with.
 */
export async function readToken(
  db: Handle,
  secrets: SecretBox,
  applicationId: string,
): Promise<string | null> {
  return (await readSecret(db, secrets, tokenSecretId(applicationId))) ?? null;
}
