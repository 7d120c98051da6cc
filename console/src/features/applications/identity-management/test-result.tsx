/** What an application was asked, and what came of each question; what failed says so itself. */
import { List } from '@mantine/core';
import type { Schemas } from '../../../api/client';
import { Notice } from '../../../ui/notice';
import { StateBadge } from '../../../ui/state-badge';

export const TestResult = ({ result }: { readonly result: Schemas['ProbeResult'] }) => (
  <Notice tone={result.passed ? 'info' : 'bad'} {...(result.passed && { title: result.message })}>
    <List listStyleType="none">
      {result.checks.map(({ name, passed, message }) => (
        <List.Item key={name}>
          <StateBadge label={`${name}:`} tone={passed ? 'good' : 'bad'} /> {message}
        </List.Item>
      ))}
    </List>
  </Notice>
);
