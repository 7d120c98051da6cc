/** Choosing a role, with what each may do. */
import { Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Shown } from '../../ui/page-state';
import { rolesQuery, type Role } from './queries';

interface Props {
  readonly value?: Role;
  readonly onChange: (role: Role) => void;
  readonly error?: React.ReactNode;
}

export const RoleChoice = ({ value = 'read-only', onChange, error }: Props) => (
  <Shown query={useQuery(rolesQuery)}>
    {({ items }) => (
      <Radio.Group
        label="Role"
        value={value}
        error={error}
        onChange={(chosen) => {
          const role = items.find((each) => each.role === chosen)?.role;
          if (role !== undefined) onChange(role);
        }}
      >
        <Stack gap="sm" mt="xs">
          {items.map(({ role, name, sentence }) => (
            <Radio key={role} value={role} label={name} description={sentence} />
          ))}
        </Stack>
      </Radio.Group>
    )}
  </Shown>
);

/** What a role is called. */
export function RoleName({ role }: { readonly role: Role }) {
  const { data } = useQuery(rolesQuery);
  return data?.items.find((each) => each.role === role)?.name ?? '';
}
