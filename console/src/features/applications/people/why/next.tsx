/** What comes next for an account, and when. */
import { List, Text } from '@mantine/core';
import { Section } from '../../../../ui/section';
import type { AccountInFull } from '../queries';

export const Next = ({ account: { next } }: { readonly account: AccountInFull }) => (
  <Section title="What comes next">
    {next.sentences.length > 0 && (
      <List mb={4}>
        {next.sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    )}
    <Text>{next.when}</Text>
  </Section>
);
