import classes from './state-badge.module.css';
import type { Tone } from './words';

/** A state in a word, with a dot in its tone: `<StateBadge {...USER_STATES[user.state]} />`. */
export const StateBadge = ({ label, tone }: { readonly label: string; readonly tone: Tone }) => (
  <span className={classes.badge} data-tone={tone}>
    {label}
  </span>
);
