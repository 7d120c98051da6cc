/** What somebody does on the pages for people. */
import { PASSWORD } from '../support/people.ts';
import type { Story } from './story.ts';

export const NEW_PASSWORD = 'walnut ferry trombone';

export async function signIn(story: Story, username: string, password = PASSWORD): Promise<void> {
  await story.fill('User name or email', username);
  await story.fill('Password', password);
  await story.press('Sign in', 'button');
}

/** Types a new password into both of its fields. */
export async function choose(story: Story, password: string): Promise<void> {
  await story.fill('New password', password);
  await story.fill('New password, once more', password);
}

/** The secret on the page that sets up an authenticator app. */
export async function secretOn({ page }: Story): Promise<string> {
  return (await page.locator('.secret').innerText()).replaceAll(' ', '');
}
