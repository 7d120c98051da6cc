/** What links have in common as they are answered: the error, and what the target did not accept. */
import { z } from 'zod';
import { flag, idSchema, pageQuery } from '../http/contract.ts';
import { attributeLabel } from '../provisioning/explain.ts';
import type { NotAccepted } from '../provisioning/facts.ts';
import { keptOf } from './why.ts';

const linkStates = ['absent', 'active', 'inactive'] as const;

export const linkStateSchema = z
  .enum(linkStates)
  .describe('In the application: `absent` where it holds no such record, or not yet.');

export const linkQuery = pageQuery.extend({
  state: z.enum(linkStates).optional(),
  trouble: flag.describe('Only those with an error, or on which an administrator has to decide.'),
  drift: flag.describe('Only those that the last inventory found otherwise, and left as they are.'),
});

export const valueSchema = z.union([z.string(), z.number(), z.boolean()]);

export const recordErrorSchema = z
  .object({
    code: z.string(),
    message: z.string().describe('What is wrong and what to do about it.'),
    field: z.string().optional().describe('The attribute in question.'),
    said: z.string().optional().describe("The application's own words."),
    status: z.int().optional().describe('The HTTP status of its answer.'),
    retrying: z.boolean().describe('It is tried again by itself.'),
  })
  .meta({ id: 'RecordError' });

export const attentionSchema = z
  .object({ code: z.string(), message: z.string(), sent: valueSchema, kept: valueSchema })
  .meta({ id: 'Attention' });

export const notAcceptedSchema = z.object({
  path: z.string().describe('The SCIM attribute.'),
  label: z.string(),
  sent: valueSchema,
  kept: valueSchema.describe('What the application kept although it answered success.'),
  chosen: z.boolean().describe("An administrator chose to keep the application's value."),
  sentence: z.string().describe('The same, for people.'),
});

/** The attributes that the target did not accept, as a list. */
export function notAcceptedList(
  notAccepted: Readonly<Record<string, NotAccepted>>,
): z.infer<typeof notAcceptedSchema>[] {
  return Object.entries(notAccepted).map(([path, value]) => {
    const label = attributeLabel(path);
    const { sent, kept, chosen = false } = value;
    return { path, label, sent, kept, chosen, sentence: keptOf(label, value) };
  });
}

export const groupMembersSchema = z.object({
  directory: z.int().describe('Members in the directory.'),
  accepted: z.int().describe('Members that the application accepted.'),
  refused: z.int().describe('Members that it refused.'),
});

export const groupNameSchema = z.object({ id: z.guid(), name: z.string() });

export const userParams = z.strictObject({ id: idSchema, userId: idSchema });
export const groupParams = z.strictObject({ id: idSchema, groupId: idSchema });
