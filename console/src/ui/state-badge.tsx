/** A state in a word, with a dot in its tone: `<StateBadge {...USER_STATES[user.state]} />`. */
import { Text } from '@mantine/core';
import classes from './state-badge.module.css';
import type { Tone } from './words';

interface Props {
  readonly label: string;
  readonly tone: Tone;
}

export const StateBadge = ({ label, tone }: Props) => (
  <span className={classes.badge} data-tone={tone}>
    {label}
  </span>
);

/** The same, and below it what there is to say of it. */
export const ToldState = ({ lines, ...state }: Props & { readonly lines: readonly string[] }) => (
  <div>
    <StateBadge {...state} />
    {lines.map((line) => (
      <Text key={line} size="sm" c="dimmed">
        {line}
      </Text>
    ))}
  </div>
);
