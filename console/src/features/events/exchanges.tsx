/** What was asked of an application and what it answered, without secrets, behind a word that opens it. */
import { Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './exchanges.module.css';
import { answerHeading, answerText, requestText } from './exchange-text';
import type { Exchange } from './queries';

interface PartProps {
  readonly title: ReactNode;
  readonly body: string | null;
}

const Part = ({ title, body }: PartProps) => (
  <>
    <Text fw={600} size="sm" mt="sm" mb={4}>
      {title}
    </Text>
    {body === null ? (
      <Text size="sm" c="dimmed">
        Without a body.
      </Text>
    ) : (
      <Code block className={classes.body}>
        {body}
      </Code>
    )}
  </>
);

export const RequestPart = ({ exchange }: { readonly exchange: Exchange }) => (
  <Part
    title={
      <span data-verbatim>
        Request: {exchange.method} {exchange.path}
      </span>
    }
    body={requestText(exchange)}
  />
);

export const AnswerPart = ({ exchange }: { readonly exchange: Exchange }) => (
  <Part title={`Answer: ${answerHeading(exchange)}`} body={answerText(exchange)} />
);

export function Exchanges({ of }: { readonly of: readonly Exchange[] }) {
  if (of.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing was asked of the application.
      </Text>
    );
  return (
    <details className={classes.details}>
      <summary>
        {of.length === 1 ? 'Show the request and answer' : `Show ${of.length} requests and answers`}
      </summary>
      {of.map((exchange, index) => (
        <div key={index} className={classes.exchange}>
          <RequestPart exchange={exchange} />
          <AnswerPart exchange={exchange} />
        </div>
      ))}
    </details>
  );
}
