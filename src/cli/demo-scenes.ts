/** The life of a company, one event after the other: each changes the directory over the API, and nothing else. */
import type { Application } from './demo-application.ts';
import { heldGroups, type LeftAlone } from './demo-check.ts';
import type { Directory } from './demo-directory.ts';
import type { SandboxControl } from './demo-sandbox.ts';

/** What a scene works with. */
export interface Props {
  readonly directory: Directory;
  readonly application: Application;
  readonly sandbox: SandboxControl;
  /** What Segment may hold although the directory does not ask for it. */
  readonly left: LeftAlone;
}

export interface Scene {
  readonly title: string;
  readonly story: string;
  /** What was so in Segment before, without Rollcall. */
  readonly before?: (props: Props) => Promise<void>;
  readonly play: (props: Props) => Promise<void>;
  /** userNames of people, and names of groups, to look at in Segment afterwards. */
  readonly people?: readonly string[];
  readonly groups?: readonly string[];
  /** What else is worth saying, from what was found. */
  readonly remark?: (props: Props) => Promise<string>;
}

const at = (name: string): string => `${name}@marigold.example`;

/** Segment may keep the name that its user chose there; what Rollcall has noted of it. */
async function keepsOwnName({ application, left }: Props, username: string): Promise<string> {
  const user = (await application.users()).find((one) => one.username === username);
  const [kept] = user?.notAccepted ?? [];
  if (kept === undefined)
    throw new Error(`Rollcall should have noted that Segment keeps the name of ${username}.`);
  left.ownNames.add(username);
  return `Rollcall notes "${kept.label}: not accepted by the application", and does not ask again and again.`;
}

/** A group that is unbound stays in Segment, without those who have left the workspace. */
async function leaveAlone({ left, sandbox }: Props, name: string): Promise<string> {
  const members = heldGroups(await sandbox.state()).get(name);
  if (members === undefined) throw new Error(`The group ${name} should have stayed in Segment.`);
  left.groups.set(name, members);
  return `The group ${name} stays in Segment as it is; Rollcall does not touch it any more.`;
}

const teams: readonly Scene[] = [
  {
    title: 'A hire',
    story:
      'Amara Nwosu joins Marketing, a group that is bound to Segment. Her username is no email address, so Segment gets her company email.',
    play: async ({ directory }) => {
      const email = at('amara.nwosu');
      await directory.addUser({ username: 'amara.nwosu', email, firstname: 'Amara', lastname: 'Nwosu' });
      await directory.join('Marketing', ['amara.nwosu']);
    },
    people: [at('amara.nwosu')],
    groups: ['Marketing'],
  },
  {
    title: 'A person is renamed',
    story:
      'Sofia Lindqvist marries. Segment answers 200 and keeps her old name: there, only she can change it, in the app.',
    play: ({ directory }) => directory.changeUser(at('sofia.lindqvist'), { lastname: 'Lindqvist-Berg' }),
    people: [at('sofia.lindqvist')],
    remark: (props) => keepsOwnName(props, at('sofia.lindqvist')),
  },
  {
    title: 'A move between groups',
    story:
      'Mateo Fernández leaves Customer Care for Product. Only these two groups are touched, and only by the difference.',
    play: async ({ directory }) => {
      await directory.join('Product', [at('mateo.fernandez')]);
      await directory.leave('Customer Care', [at('mateo.fernandez')]);
    },
    people: [at('mateo.fernandez')],
    groups: ['Customer Care', 'Product'],
  },
  {
    title: 'A group is renamed',
    story: 'Data becomes Data & Insights. One request; nobody leaves, nobody joins.',
    play: ({ directory }) => directory.changeGroup('Data', { name: 'Data & Insights' }),
    groups: ['Data & Insights'],
  },
];

const people: readonly Scene[] = [
  {
    title: 'Somebody is suspended',
    story:
      'Priya Raman leaves for half a year. Her account is deactivated; Segment drops her groups with it.',
    play: ({ directory }) => directory.changeUser('priya', { state: 'suspended' }),
    people: [at('priya.raman')],
    groups: ['Engineering', 'Data & Insights'],
  },
  {
    title: 'Somebody is back',
    story:
      'Priya returns. Segment gives her back without her groups, so Rollcall sends each membership again.',
    play: ({ directory }) => directory.changeUser('priya', { state: 'active' }),
    people: [at('priya.raman')],
    groups: ['Engineering', 'Data & Insights'],
  },
  {
    title: 'An address is filled in',
    story: 'Deniz Yıldız was left out because nobody had entered an email address. Now somebody does.',
    play: ({ directory }) => directory.changeUser('deniz.yildiz', { email: at('deniz.yildiz') }),
    people: [at('deniz.yildiz')],
    groups: ['Customer Care'],
  },
  {
    title: 'An account that exists already',
    story:
      'Henrik Solheim joins. He has had a Segment account since an earlier job; it is linked, not doubled, and keeps his own name.',
    before: ({ sandbox }) => sandbox.addAccount(at('henrik.solheim'), 'Henrik Solheim (freelance)'),
    play: async ({ directory }) => {
      const username = at('henrik.solheim');
      await directory.addUser({ username, email: username, firstname: 'Henrik', lastname: 'Solheim' });
      await directory.join('Data & Insights', [username]);
    },
    people: [at('henrik.solheim')],
    groups: ['Data & Insights'],
    remark: (props) => keepsOwnName(props, at('henrik.solheim')),
  },
];

const PRESS = 'Press';
const AGENCY = 'news@old-agency.example';

const groups: readonly Scene[] = [
  {
    title: 'A group that exists already',
    story:
      'Segment has a group Press, made by hand, with somebody from an old agency in it. Rollcall takes it over: its members become those of the directory.',
    before: async ({ sandbox, left }) => {
      await sandbox.addMember(AGENCY, 'Old Agency');
      await sandbox.addGroup(PRESS, [AGENCY]);
      left.bystanders.add(AGENCY);
    },
    play: async ({ directory, application }) => {
      await directory.addGroup(PRESS, 'Journalists ask, they answer');
      await directory.join(PRESS, [at('camille.dubois'), at('elena.popescu')]);
      await application.bind([PRESS]);
    },
    people: [AGENCY],
    groups: [PRESS],
    remark: () =>
      Promise.resolve(
        'The agency is out of the group. It stays in the workspace, because nobody here ever put it there.',
      ),
  },
  {
    title: 'A group is unbound',
    story:
      'Buying works elsewhere from now on. Two of its people are needed through other groups and stay; three are deactivated.',
    play: ({ application }) => application.unbind(['Buying']),
    people: [at('willem.degroot'), at('nour.haddad')],
    groups: ['Buying'],
    remark: (props) => leaveAlone(props, 'Buying'),
  },
  {
    title: 'A group is deleted',
    story:
      'Spring is over, and so is the campaign. Its group goes from the directory and from Segment, and with it the two who were in no other.',
    play: ({ directory }) => directory.deleteGroup('Spring Campaign'),
    people: [at('rafael.souza'), 'ben.ashworth@petal-agency.example'],
    groups: ['Spring Campaign'],
  },
];

const CARE = 'Customer Care';

async function describeHold({ application }: Props): Promise<string> {
  const hold = await application.openHold();
  if (hold === undefined) throw new Error('The brake should have held the leavers of Customer Care.');
  return `Held: ${hold.reason}`;
}

const brake: readonly Scene[] = [
  {
    title: 'The brake',
    story:
      'Somebody unbinds Customer Care, half of the company. Rollcall does not rush: so many leavers wait until an administrator has seen them.',
    play: ({ application }) => application.unbind([CARE]),
    groups: [CARE],
    remark: describeHold,
  },
  {
    title: 'Approved',
    story: 'The administrator looks at the list and lets it pass. Leavers go before everything else.',
    play: async ({ application }) => {
      const hold = await application.openHold();
      if (hold !== undefined) await application.approve(hold.id);
    },
    people: [at('lucia.romero')],
    groups: [CARE],
    remark: (props) => leaveAlone(props, CARE),
  },
  {
    title: 'Bound again',
    story:
      'It was a mistake after all. The group is bound again: the same accounts come back, nobody twice, and everybody is in the group.',
    play: ({ application, left }) => {
      left.groups.delete(CARE);
      return application.bind([CARE]);
    },
    people: [at('lucia.romero')],
    groups: [CARE],
  },
];

export const scenes: readonly Scene[] = [...teams, ...people, ...groups, ...brake];
