/** The steps of provisioning somebody, each as it happens: match, map, plan, request, answer. */
import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { StateBadge } from '../../../../ui/state-badge';
import { OUTCOMES } from '../../../../ui/words';
import { AnswerPart, RequestPart } from '../../../events/exchanges';
import type { LoggedEvent } from '../../../events/queries';
import { MappingTable } from '../mapping-table';
import type { AccountInFull } from '../queries';
import type { Provisioning } from './provisioning';
import classes from './steps.module.css';

interface StepProps {
  readonly title: string;
  readonly done: boolean;
  readonly children: ReactNode;
}

const Step = ({ title, done, children }: StepProps) => (
  <li className={classes.step} data-done={done || undefined}>
    <h3 className={classes.title}>{title}</h3>
    <div>{children}</div>
  </li>
);

const Match = ({ remoteId }: AccountInFull) => (
  <Text size="sm">
    {remoteId === null
      ? 'No account of theirs is known there.'
      : 'Their account there is known, so that no second one is made.'}
  </Text>
);

const Planned = ({ next }: AccountInFull) =>
  next.sentences.length === 0 ? (
    <Text size="sm">{next.when}</Text>
  ) : (
    <List size="sm">
      {next.sentences.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );

const exchangesOf = (events: readonly LoggedEvent[]) => events.flatMap(({ exchanges }) => exchanges);

function Requests({ begun, events, over }: Provisioning) {
  if (begun === null) return <Text size="sm">Not sent yet.</Text>;
  const exchanges = exchangesOf(events);
  if (exchanges.length === 0)
    return <Text size="sm">{over ? 'Nothing had to be sent.' : 'Waiting for its turn …'}</Text>;
  return exchanges.map((exchange, index) => (
    <details key={index} className={classes.exchange}>
      <summary>
        {exchange.method} {exchange.path}
      </summary>
      <RequestPart exchange={exchange} />
      <AnswerPart exchange={exchange} />
    </details>
  ));
}

function Answers({ begun, events, over, query }: Provisioning) {
  return (
    <Stack gap={4} role="status">
      {events.map(({ id, outcome, sentence }) => (
        <div key={id}>
          <StateBadge {...OUTCOMES[outcome]} />
          <Text size="sm">{sentence}</Text>
        </div>
      ))}
      {begun === null && <Text size="sm">Not answered yet.</Text>}
      {over && <Text size="sm">{`Finished. ${query.data?.why ?? ''}`}</Text>}
    </Stack>
  );
}

interface Props {
  readonly account: AccountInFull;
  readonly provisioning: Provisioning;
}

export function Steps({ account, provisioning }: Props) {
  const { begun, events, over } = provisioning;
  const planned = begun ?? account;
  return (
    <ol className={classes.steps}>
      <Step title="Match" done>
        <Match {...planned} />
      </Step>
      <Step title="Map" done>
        <MappingTable rows={planned.mapping} brief />
      </Step>
      <Step title="Plan" done>
        <Planned {...planned} />
      </Step>
      <Step title="Request" done={over || events.length > 0}>
        <Requests {...provisioning} />
      </Step>
      <Step title="Answer" done={over}>
        <Answers {...provisioning} />
      </Step>
    </ol>
  );
}
