/** The logo of an application: choosing an image, and going back to the drawing of its kind. */
import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Tagged } from '../../../api/client';
import { asProblem } from '../../../api/problem';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { Saving, Unsaved } from '../../../ui/unsaved';
import { useSaving } from '../../../ui/use-saving';
import { ApplicationLogo } from '../logo';
import type { Application } from '../queries';
import { changeApplication } from './queries';

const BUILT_IN = 'Use the built-in logo';
const CHOSEN = 'Use this logo';

function dataUrlOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('The file cannot be read.'));
    reader.readAsDataURL(file);
  });
}

interface Props {
  readonly application: Tagged<Application>;
}

/** What was chosen shows as it will look, before it is saved; the server says what is no logo. */
function useLogo({ application }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const saving = useSaving({
    act: chosen === null ? BUILT_IN : CHOSEN,
    save: (logo: string | null) => changeApplication(application, { logo }),
    onSaved: () => {
      setChosen(null);
      notify(`The logo of ${application.value.label} was saved.`);
    },
  });
  const choose = async (file: File | null): Promise<void> => {
    saving.reset();
    setChosen(file === null ? null : await dataUrlOf(file));
  };
  return { chosen, saving, choose };
}

function Choose({ choose }: Pick<ReturnType<typeof useLogo>, 'choose'>) {
  // A browser tells only of another file than its field has: one that was corrected can be chosen again.
  const forget = useRef<() => void>(null);
  const take = (file: File | null) => {
    forget.current?.();
    void choose(file);
  };
  return (
    <FileButton accept="image/png,image/jpeg,image/webp" resetRef={forget} onChange={take}>
      {(props) => (
        <Button variant="default" {...props}>
          Choose an image
        </Button>
      )}
    </FileButton>
  );
}

/** Saves what was chosen, or goes back to the built-in logo. */
function Save({ chosen, choose, saving, own }: ReturnType<typeof useLogo> & { readonly own: boolean }) {
  if (chosen === null)
    return (
      own && (
        <Button variant="subtle" loading={saving.isPending} onClick={() => saving.mutate(null)}>
          {BUILT_IN}
        </Button>
      )
    );
  return (
    <>
      <Button loading={saving.isPending} onClick={() => saving.mutate(chosen)}>
        {CHOSEN}
      </Button>
      <Button variant="subtle" disabled={saving.isPending} onClick={() => void choose(null)}>
        Cancel
      </Button>
    </>
  );
}

export function LogoEditor({ application }: Props) {
  const logo = useLogo({ application });
  const { chosen, saving } = logo;
  const { value } = application;
  return (
    <Section title="Logo" about="A square PNG, JPEG or WebP image of at most 64 kB.">
      <Stack gap="sm">
        <Group gap="lg">
          <ApplicationLogo application={{ ...value, logo: chosen ?? value.logo }} size={72} />
          <Choose choose={logo.choose} />
          <Save {...logo} own={value.logo !== null} />
        </Group>
        <Text size="sm" c="dimmed" aria-live="polite">
          {chosen !== null && !saving.error && 'This is how it will look. It is not saved yet.'}
        </Text>
        <Saving status={saving.status} inPage />
        {chosen !== null && !saving.isPending && (
          <Unsaved>The image that you chose is not saved, and would be lost.</Unsaved>
        )}
        {saving.error && <Notice tone="bad">{asProblem(saving.error).message}</Notice>}
      </Stack>
    </Section>
  );
}
