/** What an administrator sets over a connector's own data, and the behaviour that results. */
import { z } from 'zod';
import { behaviourSchema, type Behaviour, type Connector, type Deprovision } from './connector.ts';

const overridesSchema = z
  .strictObject({
    ...behaviourSchema.shape,
    users: behaviourSchema.shape.users.partial(),
    groups: behaviourSchema.shape.groups.partial(),
    rate: behaviourSchema.shape.rate.partial(),
    probe: behaviourSchema.shape.probe.partial(),
  })
  .partial();

/** R46: a plan is held when it would deactivate more than `number` users *and* more than `percent` of those provisioned. */
export const thresholdSchema = z.strictObject({
  number: z.int().min(0).max(10_000_000),
  percent: z.number().min(0).max(100),
});

export type Threshold = z.infer<typeof thresholdSchema>;

export const defaultThreshold: Threshold = { number: 25, percent: 20 };

/** The settings of the connection of one application, as stored. */
export const settingsSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  threshold: thresholdSchema.optional(),
  behaviour: overridesSchema.optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Whether whoever leaves may be treated so (R12). */
export const takesDeprovision = ({ deprovisions }: Connector, deprovision: Deprovision): boolean =>
  deprovisions.includes(deprovision);

/** The users' part of the settings, without a `deprovision` that was stored before its connector refused it. */
function usersOver(connector: Connector, { behaviour }: Settings) {
  const { deprovision, ...users } = behaviour?.users ?? {};
  const takes = deprovision !== undefined && takesDeprovision(connector, deprovision);
  return { ...users, ...(takes && { deprovision }) };
}

/** The connector's behaviour with an administrator's settings over it. */
export function effectiveBehaviour(connector: Connector, settings: Settings): Behaviour {
  const base = connector.behaviour;
  const over = settings.behaviour ?? {};
  return behaviourSchema.parse({
    ...base,
    ...over,
    users: { ...base.users, ...usersOver(connector, settings) },
    groups: { ...base.groups, ...over.groups },
    rate: { ...base.rate, ...over.rate },
    probe: { ...base.probe, ...over.probe },
  });
}

/** The SCIM base URL without a trailing slash, or null while nobody has set one. */
export function effectiveBaseUrl(connector: Connector, settings: Settings): string | null {
  return (settings.baseUrl ?? connector.baseUrl)?.replace(/\/+$/, '') ?? null;
}
