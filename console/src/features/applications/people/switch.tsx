/** Between the people of an application and its groups. */
import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';

interface Props {
  readonly applicationId: string;
  readonly shows: 'people' | 'groups';
}

export function PeopleOrGroups({ applicationId, shows }: Props) {
  const navigate = useNavigate();
  const at = `/applications/${applicationId}/users`;
  return (
    <SegmentedControl
      aria-label="What is shown"
      data={[
        { value: 'people', label: 'People' },
        { value: 'groups', label: 'Groups' },
      ]}
      value={shows}
      onChange={(value) => void navigate({ to: value === 'groups' ? `${at}/groups` : at })}
    />
  );
}
