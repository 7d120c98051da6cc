/** What comes next for an account, and when. */
import { List, Text } from '@mantine/core';
import { Section } from '../../../../ui/section';
import type { AccountInFull } from '../queries';

const UNDECIDED = 'Once somebody has decided which account they go on with.';

export const Next = ({ account: { attention, next } }: { readonly account: AccountInFull }) => (
  <Section title="What comes next">
    {next.sentences.length > 0 && (
      <List mb={4}>
        {next.sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    )}
    <Text>{attention !== null && next.sentences.length === 0 ? UNDECIDED : next.when}</Text>
  </Section>
);
