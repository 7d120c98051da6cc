/** What an application is told of a person: the NameID and the attributes, by its settings. */
import { compileExpression, compileMapped, type Expression } from '../provisioning/expression.ts';
import type { DirectoryUser } from '../provisioning/facts.ts';
import { NAME_ID_FORMAT } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import type { Attribute, NameId } from './response.ts';
import type { SsoSettings } from './settings.ts';
import { isWritable } from './xml-text.ts';

export interface Person {
  readonly user: DirectoryUser;
  /** What the target last accepted as `userName` (R15), or what it would be sent where it is not provisioned; null: nothing. */
  readonly userName: string | null;
  /** Names of the groups that {@link SsoSettings.groupAttribute} means: the bound ones, or all. */
  readonly groups: readonly string[];
  /** An id that nobody can guess and that is new, for the transient format. */
  readonly transientId: string;
}

type NameIdSettings = Pick<SsoSettings, 'nameId'>;

/** Far beyond what any service provider takes (a persistent name has 256 characters at most, Core §8.3.7). */
const MAX_NAME_ID_BYTES = 1024;

/** The name that the application knows the person by. Throws a {@link SamlRefusal} where there is none that can be written. */
export function nameIdOf({ nameId }: NameIdSettings, person: Person): NameId {
  const { format, source } = nameId;
  const named = () => sourced(source, person, { what: 'the NameID', compile: compileExpression });
  const value = format === NAME_ID_FORMAT.transient ? person.transientId : named();
  if (value === null || value === '') throw noNameId(source, person.user);
  if (!isWritable(value)) throw unusableNameId(person.user, 'holds a character that XML cannot hold');
  if (Buffer.byteLength(value) > MAX_NAME_ID_BYTES)
    throw unusableNameId(person.user, `is longer than ${MAX_NAME_ID_BYTES} bytes`);
  return { value, format };
}

/** What an expression is for, and what it makes of an attribute that the person lacks. */
interface Use {
  readonly what: string;
  readonly compile: (expression: string) => Expression;
}

function sourced(source: string, { user, userName }: Person, use: Use): string | null {
  return source === 'userName' ? userName : evaluated(source, user, use);
}

function noNameId(source: string, user: DirectoryUser): SamlRefusal {
  const why =
    source === 'userName'
      ? 'the application holds no account of theirs yet. Wait until they are provisioned, or look at their last error there'
      : "the NameID's expression gives nothing for them. Complete the user in the directory, or correct the expression";
  return new SamlRefusal('no-name-id', `${user.username} cannot be signed in: ${why}.`);
}

/** Without the character it would be another name, and perhaps somebody else's. */
const unusableNameId = ({ username }: DirectoryUser, why: string): SamlRefusal =>
  new SamlRefusal(
    'no-name-id',
    `${username} cannot be signed in: their NameID ${why}. Correct it in the directory or in the application, or set another one in the application's SSO settings.`,
  );

/**
 * The attributes, those without a value left out; what the person lacks reads as empty, as in provisioning. A value that XML
 * cannot hold is left out too: without the character it would be another value. Throws a {@link SamlRefusal} where an
 * expression fails.
 */
export function attributesOf(
  settings: Pick<SsoSettings, 'attributes' | 'groupAttribute'>,
  person: Person,
): Attribute[] {
  const rows = settings.attributes.map(({ name, nameFormat, expression, constant }) => {
    const use = { what: `the attribute ${name}`, compile: compileMapped };
    const value = constant ?? sourced(expression ?? '', person, use);
    return { name, nameFormat, values: value === null ? [] : [value] };
  });
  const { groupAttribute } = settings;
  const groups = groupAttribute === null ? [] : [{ ...groupAttribute, values: person.groups }];
  return [...rows, ...groups]
    .map(({ name, nameFormat, values }) => ({ name, nameFormat, values: values.filter(isWritable) }))
    .filter(({ values }) => values.length > 0);
}

function evaluated(expression: string, user: DirectoryUser, { what, compile }: Use): string | null {
  try {
    const value = compile(expression)(user);
    return value === undefined ? null : String(value);
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new SamlRefusal(
      'bad-expression',
      `The expression of ${what} fails for ${user.username}: ${words}. Correct it in the application's SSO settings.`,
    );
  }
}
