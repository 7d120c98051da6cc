/** What is missing before a connection can be activated (R2, R3), and where it is given. */
import { Anchor, List } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Notice } from '../../../ui/notice';
import type { Application } from '../queries';
import type { Connection } from './queries';

interface Props {
  readonly application: Application;
  readonly connection: Connection;
}

export function NotYet({ application: { id, sso }, connection }: Props) {
  const { baseUrl, requiresSso, state, tokenLabel, tokenSet } = connection;
  const lacksSso = requiresSso && !sso.enabled;
  if (state !== 'inactive' || (!lacksSso && tokenSet && baseUrl !== null)) return null;
  return (
    <Notice tone="info" title="Before it can be activated">
      <List size="sm">
        {lacksSso && (
          <List.Item>
            Enable single sign-on under{' '}
            <Anchor component={Link} to={`/applications/${id}/sso`} size="sm" underline="always">
              SSO
            </Anchor>
            .
          </List.Item>
        )}
        {baseUrl === null && <List.Item>Set the base URL under Configure.</List.Item>}
        {!tokenSet && <List.Item>Set the {tokenLabel} under Configure.</List.Item>}
      </List>
    </Notice>
  );
}
