/** Above the pages that share a place in the menu: from one to the other. */
import { Link } from '@tanstack/react-router';
import type { Permission } from '../api/session';
import { useMay } from '../app/session';
import classes from './sub-navigation.module.css';

/** A page below one of the menu's. */
export interface SubPlace {
  readonly label: string;
  readonly to: string;
  /** Without it the place is not shown. */
  readonly needs: Permission;
}

interface Props {
  /** What the pages are of, for those who hear it: `Settings`. */
  readonly label: string;
  readonly places: readonly SubPlace[];
}

export function SubNavigation({ label, places }: Props) {
  const may = useMay();
  return (
    <nav aria-label={label}>
      <ul className={classes.places}>
        {places
          .filter(({ needs }) => may(needs))
          .map((place) => (
            <li key={place.to}>
              <Link
                to={place.to}
                className={classes.place}
                activeOptions={{ exact: true, includeSearch: false }}
              >
                {place.label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
