/** How mail is sent, and a message to see that it arrives. */
import { Button, Code, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { Facts } from '../../ui/facts';
import { formFault } from '../../ui/form-errors';
import { Notice } from '../../ui/notice';
import { notify, notifyFailure } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { useSaving } from '../../ui/use-saving';
import { mailQuery, tryMail } from './queries';

type MailSettings = Schemas['MailSettings'];

const serverInWords = ({ host, port, tls }: NonNullable<MailSettings['server']>): string =>
  `${host}${port === null ? '' : `, port ${port}`}, ${tls ? 'encrypted from the beginning' : 'encrypted where the server offers it'}`;

const NotSet = () => (
  <Notice tone="warn" title="No mail server is set">
    Nobody gets a link for a new password by mail; administrators make links to hand over instead. Nor are
    administrators told of paused connections and held leavers. Set <Code>SMTP_URL</Code> where the server is
    started, and start it again.
  </Notice>
);

const Settings = ({ from, server }: MailSettings) => (
  <Facts
    of={[
      ['Server', server && serverInWords(server)],
      ['From', from],
      [
        'Changed by',
        <>
          <Code>SMTP_URL</Code> and <Code>ROLLCALL_MAIL_FROM</Code>, where the server is started
        </>,
      ],
    ]}
  />
);

function Tried({ sent, message, said }: Schemas['MailTried']) {
  return (
    <div role="status">
      <Notice tone={sent ? 'info' : 'bad'} title={sent ? 'Sent' : 'Not sent'}>
        {message}
        {said !== null && <> The mail server said: “{said}”.</>}
      </Notice>
    </div>
  );
}

const TRY = 'Send a test message';

function Trial() {
  const form = useForm({ initialValues: { to: '' } });
  const trial = useSaving({
    act: TRY,
    save: ({ to }: { to: string }) => tryMail(to),
    onSavedElsewhere: ({ sent, message }) => (sent ? notify : notifyFailure)(message),
    onFailed: (error) => form.setErrors({ ...formFault(error, form.values).fields }),
  });
  const message = trial.error && formFault(trial.error, form.values).message;
  return (
    <form onSubmit={form.onSubmit((values) => trial.mutate(values))} noValidate>
      <Stack maw={480} align="start">
        <TextInput
          label="To"
          type="email"
          autoComplete="email"
          required
          w="100%"
          {...form.getInputProps('to')}
        />
        <Button type="submit" loading={trial.isPending}>
          {TRY}
        </Button>
        {message && <Notice tone="bad">{message}</Notice>}
        {trial.data && <Tried {...trial.data} />}
      </Stack>
    </form>
  );
}

export const Mail = () => (
  <>
    <PageHeader
      title="Mail"
      about="By which people get links for a new password, and administrators hear of what needs them."
    />
    <Shown query={useQuery(mailQuery)}>
      {(mail) =>
        mail.set ? (
          <>
            <Section title="What is set">
              <Settings {...mail} />
            </Section>
            <Section title="Test message" about="Waits for the mail server's answer.">
              <Trial />
            </Section>
          </>
        ) : (
          <NotSet />
        )
      }
    </Shown>
  </>
);
