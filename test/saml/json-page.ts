/** A protected page that says in JSON who it is. */
import { z } from 'zod';
import type { Page } from '../../src/cli/demo-browser.ts';
import type { SignedIn } from './service-provider.ts';

export const PROTECTED = '/protected';

/** Some give a single value without a list around it. */
const values = z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]);

const signedInSchema = z.object({
  nameId: z.string(),
  attributes: z.object({ email: values, name: values, groups: values }),
});

export function whoIsSignedIn({ text, status, url }: Page): SignedIn | undefined {
  return status === 200 && url.pathname === PROTECTED ? signedInSchema.parse(JSON.parse(text)) : undefined;
}
