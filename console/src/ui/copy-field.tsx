/** A value to take elsewhere: to read, to select, and to copy with one press. */
import { ActionIcon, TextInput, Textarea, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import { useEffect, useRef } from 'react';

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

interface CopyProps extends Pick<Props, 'label'> {
  readonly copied: boolean;
  readonly copy: () => void;
}

const Copy = ({ copied, copy, label }: CopyProps) => (
  <Tooltip label={copied ? 'Copied' : 'Copy'}>
    <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={`Copy: ${label}`} onClick={copy}>
      {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
      <span role="status" className="visually-hidden">
        {copied && 'Copied'}
      </span>
    </ActionIcon>
  </Tooltip>
);

/** Without HTTPS, or where somebody forbade it, a browser lets no page copy. */
const BY_HAND = 'The browser does not let this page copy. It is selected: press Ctrl+C, or ⌘C on a Mac.';

export function CopyField({ label, value, description, lines = 1 }: Props) {
  const { copied, copy, error } = useClipboard({ timeout: 2000 });
  const field = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const keep = (element: HTMLInputElement | HTMLTextAreaElement | null) => {
    field.current = element;
  };
  useEffect(() => {
    if (error !== null) field.current?.select();
  }, [error]);
  const shared = {
    label,
    value,
    readOnly: true,
    styles: { input: MONOSPACE },
    rightSection: <Copy label={label} copied={copied} copy={() => copy(value)} />,
    error: error !== null && BY_HAND,
    ...(description !== undefined && { description }),
  };
  return lines === 1 ? (
    <TextInput {...shared} ref={keep} />
  ) : (
    <Textarea {...shared} ref={keep} autosize maxRows={lines} />
  );
}
