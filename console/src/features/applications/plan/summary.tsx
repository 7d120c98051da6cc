/** A plan in numbers, those who lose something first. Pressing one shows only these steps. */
import { useUrlList } from '../../../ui/list-state';
import { written } from '../../../ui/words';
import classes from './plan.module.css';
import { aboutInWords, kindsIn, losesAccount, type Plan } from './step-kinds';

interface Props {
  readonly plan: Plan;
  /** How many deactivations wait for an approval: they are in the plan too. */
  readonly held: number;
}

export function Summary({ plan, held }: Props) {
  const list = useUrlList();
  const chosen = list.filters.kind;
  return (
    <ul className={classes.kinds} aria-label="What would be sent">
      {kindsIn(plan.summary).map(({ kind, number, one, many, ...words }) => (
        <li key={kind}>
          <button
            type="button"
            className={classes.kind}
            data-loses-account={losesAccount(kind) || undefined}
            aria-pressed={chosen === kind}
            onClick={() => list.change({ filters: { kind: chosen === kind ? null : kind } })}
          >
            <span>
              <span className={classes.number}>{written(number)}</span>{' '}
              <span className={classes.words}>{number === 1 ? one : many}</span>
            </span>{' '}
            <span className={classes.about}>{aboutInWords({ kind, number, ...words }, held)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
