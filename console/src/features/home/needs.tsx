/** What needs an administrator first, each with its words and a way to where it is dealt with. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { When } from '../../ui/when';
import { placeOf, searchOf } from './dealt-with';
import classes from './needs.module.css';
import { needsQuery, type Need } from './queries';

function NeedRow({ need }: { readonly need: Need }) {
  const { to, label } = placeOf(need);
  return (
    <li className={classes.need} data-kind={need.kind}>
      <div className={classes.words}>
        {need.sentence}{' '}
        {need.kind !== 'certificate' && (
          <span className={classes.since}>
            <When at={need.since} />
          </span>
        )}
      </div>
      <Button
        component={Link}
        to={to}
        search={searchOf(need) as never}
        variant="default"
        size="xs"
        aria-label={`${label}: ${need.application.label}`}
      >
        {label}
      </Button>
    </li>
  );
}

export const Needs = () => (
  <Section title="Needs your attention">
    <Shown query={useQuery(needsQuery)} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">Nothing: no connection is paused, nobody is held, and no record was refused.</Text>
        ) : (
          <ul className={classes.needs}>
            {items.map((need) => (
              <NeedRow key={`${need.kind} ${need.application.id} ${need.since}`} need={need} />
            ))}
          </ul>
        )
      }
    </Shown>
  </Section>
);
