/** Where everything is still to be set up: what a new administrator does, one after the other. */
import { Button } from '@mantine/core';
import IconCircle from '@tabler/icons-react/icons/IconCircle';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import { Link } from '@tanstack/react-router';
import { Section } from '../../ui/section';
import classes from './first-steps.module.css';
import type { FirstStep } from './queries';

const STEPS: Readonly<Record<FirstStep['step'], { name: string; about: string; to: string; act: string }>> = {
  people: {
    name: 'Add people',
    about: 'One by one, or many at once from a CSV file.',
    to: '/users',
    act: 'Go to Users',
  },
  groups: {
    name: 'Put them into groups',
    about: 'A group decides which applications its members have.',
    to: '/groups',
    act: 'Go to User Groups',
  },
  application: {
    name: 'Add an application',
    about: 'Choose one from the catalog, and set up single sign-on.',
    to: '/applications',
    act: 'Go to SSO Applications',
  },
  activation: {
    name: 'Activate its identity management',
    about: 'With the token that the application gives you.',
    to: '/applications',
    act: 'Go to SSO Applications',
  },
  binding: {
    name: 'Bind groups to it',
    about: 'Their members get an account there, and lose it when they leave.',
    to: '/applications',
    act: 'Go to SSO Applications',
  },
};

function Step({ step, done, next }: FirstStep & { readonly next: boolean }) {
  const { name, about, to, act } = STEPS[step];
  const Mark = done ? IconCircleCheck : IconCircle;
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.mark}>
        <Mark size={22} stroke={1.7} aria-hidden />
        <span className="visually-hidden">{done ? 'Done: ' : 'To do: '}</span>
      </span>
      <div>
        <div className={classes.name}>{name}</div>
        <div className={classes.about}>{about}</div>
      </div>
      {!done && (
        <Button
          component={Link}
          to={to}
          size="xs"
          variant={next ? 'filled' : 'default'}
          aria-label={`${act}: ${name}`}
        >
          {act}
        </Button>
      )}
    </li>
  );
}

export function FirstSteps({ steps }: { readonly steps: readonly FirstStep[] }) {
  const next = steps.find(({ done }) => !done)?.step;
  return (
    <Section
      title="First steps"
      about="What turns an empty Rollcall into accounts that come and go by themselves."
    >
      <ol className={classes.steps}>
        {steps.map((each) => (
          <Step key={each.step} {...each} next={each.step === next} />
        ))}
      </ol>
    </Section>
  );
}
