/** From an empty directory to a company that is provisioned. */
import { addApplication, type Application } from './demo-application.ts';
import { readWanted } from './demo-check.ts';
import { loadGroups, loadUsers } from './demo-company.ts';
import { directoryOf, readGroups, readUsers, type DirectoryUser } from './demo-directory.ts';
import type { Run } from './demo-run.ts';
import { setUpSignOn } from './demo-sign-in.ts';
import { count } from '../count.ts';
import { seconds } from './demo-show.ts';
import { watchPhases } from './demo-watch.ts';

const inState = (users: readonly DirectoryUser[], state: DirectoryUser['state']): number =>
  users.filter((user) => user.state === state).length;

/** Fills the directory. Answers the names of the groups. */
export async function loadCompany({ api, screen }: Run): Promise<string[]> {
  screen.heading('Loading the company');
  const groups = await loadGroups(directoryOf(api));
  screen.notes(count(groups.length, 'group'), ['POST /groups, one by one, from demo/groups.csv']);
  const made = await loadUsers(api);
  screen.notes(count(made, 'person', 'people'), ['POST /users/bulk, in one request, from demo/users.csv']);
  const users = await readUsers(api);
  screen.notes('', [
    `${inState(users, 'active')} active, ${inState(users, 'suspended')} suspended, ${inState(users, 'staged')} staged: only who is active gets an account.`,
  ]);
  return groups;
}

/** Adds the application, enables single sign-on and activates its connection, with a token from the sandbox. */
export async function connectSegment(run: Run): Promise<Application> {
  const { api, sandbox, screen, stage } = run;
  screen.heading('Connecting Segment');
  const application = await addApplication(api, 'segment');
  screen.notes('application', ['Segment, from the catalog']);
  await setUpSignOn(run, application);
  const token = await sandbox.generateToken();
  screen.notes('token', ['Settings › Advanced Settings › SSO Sync › Generate SSO Token (in the sandbox)']);
  await application.connect(`${stage.segmentUrl}/scim/v2`, token);
  const probe = await application.activate();
  screen.notes('activate', [probe.message]);
  for (const { name, passed, message } of probe.checks) screen.verdict(passed, `${name}: ${message}`);
  return application;
}

/** Binds the groups, and shows what happens until Segment has it all. */
export async function provision(
  { api, cli, sandbox, screen }: Run,
  application: Application,
  groups: readonly string[],
): Promise<void> {
  screen.heading(`Binding ${count(groups.length, 'group')} to Segment`);
  const wanted = await readWanted(api, await readGroups(api));
  await sandbox.takeRequests();
  const started = cli.clock.monotonic();
  await application.bind(groups);
  await watchPhases({ cli, screen }, application, sandbox, wanted);
  const took = cli.clock.monotonic() - started;
  const requests = await sandbox.takeRequests();
  screen.notes('', [
    `${count(requests.length, 'request')} in ${seconds(took)}; the Segment connector sends at most 100 a second`,
  ]);
}

/** Who is entitled to an account and gets none, each with the reason and what to do. */
export async function showLeftOut({ screen }: Run, application: Application): Promise<void> {
  const errors = (await application.users()).flatMap(({ error }) => (error === null ? [] : [error.message]));
  screen.line();
  screen.notes('left out', errors.length === 0 ? ['nobody'] : errors);
}
