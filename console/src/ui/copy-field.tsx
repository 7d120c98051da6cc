/** A value to take elsewhere: to read, to select, and to copy with one press. */
import { ActionIcon, CopyButton, TextInput, Textarea, Tooltip } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  /** The most that are shown at once of what has several, such as a certificate. */
  readonly lines?: number;
}

const MONOSPACE = {
  fontFamily: 'var(--mantine-font-family-monospace)',
  fontSize: 'var(--mantine-font-size-xs)',
};

const Copy = ({ label, value }: Pick<Props, 'label' | 'value'>) => (
  <CopyButton value={value} timeout={2000}>
    {({ copied, copy }) => (
      <Tooltip label={copied ? 'Copied' : 'Copy'}>
        <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Copy: ${label}`} onClick={copy}>
          {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
          <span role="status" className="visually-hidden">
            {copied && 'Copied'}
          </span>
        </ActionIcon>
      </Tooltip>
    )}
  </CopyButton>
);

export function CopyField({ label, value, description, lines = 1 }: Props) {
  const shared = {
    label,
    value,
    readOnly: true,
    styles: { input: MONOSPACE },
    rightSection: <Copy label={label} value={value} />,
    ...(description !== undefined && { description }),
  };
  return lines === 1 ? <TextInput {...shared} /> : <Textarea {...shared} autosize maxRows={lines} />;
}
