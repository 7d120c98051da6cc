/** What an administrator may set of how the connection behaves, as data: the form is drawn from it. */
import type { Connection } from './queries';

export interface BehaviourValues {
  readonly threshold: Connection['threshold'];
  readonly behaviour: Connection['behaviour'];
}

/** The paths of everything that holds no more inside: `behaviour.rate.concurrency`. */
type LeafOf<T> = {
  [K in keyof T & string]: T[K] extends object ? `${K}.${LeafOf<T[K]>}` : K;
}[keyof T & string];

export type BehaviourPath = LeafOf<Pick<BehaviourValues, 'threshold' | 'behaviour'>>;

interface Common {
  readonly label: string;
  readonly help?: string;
}

export type BehaviourField = Common &
  (
    | { readonly kind: 'number'; readonly unit?: string; readonly min: number; readonly whole: boolean }
    | { readonly kind: 'switch' }
    | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> }
  );

export const behaviourFields: Readonly<Record<BehaviourPath, BehaviourField>> = {
  'threshold.number': {
    kind: 'number',
    label: 'People who may leave at once',
    help: 'Leavers are held for your approval where they are more than this, within an hour …',
    min: 0,
    whole: true,
  },
  'threshold.percent': {
    kind: 'number',
    label: 'Share of all accounts',
    help: '… and also more than this share of the accounts that are active there.',
    unit: '%',
    min: 0,
    whole: false,
  },
  'behaviour.users.deprovision': {
    kind: 'choice',
    label: 'What becomes of the account of somebody who leaves',
    help: 'It holds for those too who left before and still have theirs.',
    choices: {
      deactivate: 'It is deactivated',
      delete: 'It is deleted',
      leave: 'It is left as it is',
    },
  },
  'behaviour.groups.unknownMembers': {
    kind: 'choice',
    label: 'Members of a group there whom Rollcall does not know',
    help: 'When a group of the same name is taken over.',
    choices: { remove: 'They are removed', keep: 'They are kept' },
  },
  'behaviour.drift': {
    kind: 'choice',
    label: 'What somebody changed in the application itself',
    choices: {
      correct: 'It is set back to what the directory says',
      report: 'It is reported and left as it is',
    },
  },
  'behaviour.inventoryHours': {
    kind: 'number',
    label: 'Everything there is read again every',
    help: '0 is never.',
    unit: 'hours',
    min: 0,
    whole: false,
  },
  'behaviour.rate.requestsPerSecond': {
    kind: 'number',
    label: 'Requests in a second, at most',
    min: 0.1,
    whole: false,
  },
  'behaviour.rate.concurrency': {
    kind: 'number',
    label: 'Requests at the same time, at most',
    min: 1,
    whole: true,
  },
  'behaviour.users.match': {
    kind: 'choice',
    label: 'How an account that is there already is found',
    choices: {
      create: 'The application joins or refuses a known user name itself',
      lookup: 'It is looked for before it is created',
    },
  },
  'behaviour.users.update': {
    kind: 'choice',
    label: 'How a changed user is sent',
    choices: { put: 'As a whole (PUT)', patch: 'Only what changed (PATCH)' },
  },
  'behaviour.users.deprovisionDropsMemberships': {
    kind: 'switch',
    label: 'Whoever leaves drops out of all groups there by itself',
  },
  'behaviour.groups.update': {
    kind: 'choice',
    label: 'How a changed group is sent',
    choices: { put: 'As a whole (PUT)', patch: 'Only what changed (PATCH)' },
  },
  'behaviour.groups.memberRemoval': {
    kind: 'choice',
    label: 'How a member is removed',
    choices: { filter: 'By a filter on its path', array: 'By a list of values' },
  },
  'behaviour.groups.membersPerRequest': {
    kind: 'number',
    label: 'Members in one request, at most',
    min: 1,
    whole: true,
  },
  'behaviour.groups.createWithMembers': { kind: 'switch', label: 'A group can be created with its members' },
  'behaviour.groups.membersReadable': { kind: 'switch', label: 'The members of a group can be read' },
  'behaviour.filter': { kind: 'switch', label: 'Searching for a user name can be trusted' },
  'behaviour.pageSize': { kind: 'number', label: 'Records on a page that is read', min: 1, whole: true },
  'behaviour.probe.serviceProviderConfig': {
    kind: 'choice',
    label: 'When activated, the description of the service',
    choices: { require: 'has to be there', tolerate: 'may be missing', skip: 'is not asked for' },
  },
};

/** The fields in the order in which people look for them. The last part is for those who know the application well. */
export const behaviourParts: readonly {
  readonly key: string;
  readonly title: string;
  readonly about?: string;
  readonly paths: readonly BehaviourPath[];
}[] = [
  {
    key: 'leavers',
    title: 'When people leave',
    paths: ['threshold.number', 'threshold.percent', 'behaviour.users.deprovision'],
  },
  {
    key: 'rate',
    title: 'How fast',
    paths: ['behaviour.rate.requestsPerSecond', 'behaviour.rate.concurrency'],
  },
  {
    key: 'drift',
    title: 'What somebody else does there',
    paths: ['behaviour.drift', 'behaviour.groups.unknownMembers', 'behaviour.inventoryHours'],
  },
  {
    key: 'protocol',
    title: 'How it is spoken to',
    about: 'As its connector knows it. Change these only where the application does otherwise.',
    paths: [
      'behaviour.users.match',
      'behaviour.users.update',
      'behaviour.users.deprovisionDropsMemberships',
      'behaviour.groups.update',
      'behaviour.groups.memberRemoval',
      'behaviour.groups.membersPerRequest',
      'behaviour.groups.createWithMembers',
      'behaviour.groups.membersReadable',
      'behaviour.filter',
      'behaviour.pageSize',
      'behaviour.probe.serviceProviderConfig',
    ],
  },
];
