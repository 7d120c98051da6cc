/** What a step changes, from what to what, in the words of the mapping. */
import { count, listed } from '../../../ui/words';
import classes from './plan.module.css';
import type { Step } from './step-kinds';

/** What people call an attribute. */
export type LabelOf = (path: string) => string;

type Value = string | number | boolean;

interface Line {
  readonly label: string;
  readonly before?: Value | undefined;
  readonly after?: Value | undefined;
}

type Members = NonNullable<Step['add']>;

const NAMED = 5;

/** `Ada, Grace and 40 others` */
function namesOf(members: Members): string {
  const names = members.slice(0, NAMED).map(({ name }) => name);
  const others = members.length - names.length;
  return listed(others > 0 ? [...names, count(others, 'other')] : names);
}

const members = (label: string, of: Members | undefined): Line[] =>
  of === undefined || of.length === 0 ? [] : [{ label, after: namesOf(of) }];

/** Every line that a step has; a leaver's account and a new name are in its sentence. */
function linesOf({ kind, values, changes, add, remove }: Step, labelOf: LabelOf): Line[] {
  if (kind === 'createUser')
    return Object.entries(values ?? {}).map(([path, after]) => ({ label: labelOf(path), after }));
  const changed = (changes ?? []).map(({ path, before, after }) => ({ label: labelOf(path), before, after }));
  return [...changed, ...members('Join', add), ...members('Leave', remove)];
}

const Values = ({ before, after }: Line) => (
  <>
    {before !== undefined && (
      <>
        <span className="visually-hidden">from </span>
        <span className={classes.before}>{String(before)}</span> <span aria-hidden>→</span>{' '}
        <span className="visually-hidden">to </span>
      </>
    )}
    {after === undefined ? 'nothing' : String(after)}
  </>
);

interface Props {
  readonly step: Step;
  readonly labelOf: LabelOf;
}

export function BeforeAndAfter({ step, labelOf }: Props) {
  const lines = linesOf(step, labelOf);
  if (lines.length === 0) return null;
  return (
    <ul className={classes.changes}>
      {lines.map((line) => (
        <li key={line.label}>
          <span className={classes.attribute}>{line.label}:</span> <Values {...line} />
        </li>
      ))}
    </ul>
  );
}
