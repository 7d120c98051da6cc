/** Choosing a file of this machine. */
import { FileInput, type FileInputProps } from '@mantine/core';
import { useRef } from 'react';
import { notifyFailure } from './notify';

/** The file with its content of this moment: a browser refuses to send one that was changed or moved since it was chosen. */
async function held(file: File): Promise<File | null> {
  const content = await file.arrayBuffer().catch(() => null);
  if (content !== null) return new File([content], file.name, { type: file.type });
  notifyFailure(`${file.name} cannot be read. See that it is still there, and choose it again.`);
  return null;
}

interface Props extends Omit<FileInputProps, 'onChange' | 'resetRef'> {
  /** What is looked at is what is sent, whatever becomes of the file meanwhile. */
  readonly onChange: (file: File | null) => void;
}

/** The same file can be chosen again, once it was corrected: a browser tells only of another one than its field has. */
export function FileField({ onChange, ...props }: Props) {
  const forget = useRef<() => void>(null);
  const choose = async (file: File | null): Promise<void> => {
    forget.current?.();
    onChange(file && (await held(file)));
  };
  return <FileInput {...props} resetRef={forget} onChange={(file) => void choose(file)} />;
}
