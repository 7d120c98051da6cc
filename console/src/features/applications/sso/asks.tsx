/** A field for each thing that the connector needs to know; it says itself what that is and where it is found. */
import { TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Sso } from './queries';

interface Props<V> {
  readonly form: UseFormReturnType<V>;
  readonly asks: Sso['asks'];
}

export const Asks = <V extends { readonly answers: Readonly<Record<string, string>> }>({
  asks,
  form,
}: Props<V>) =>
  asks.map(({ help, label, name }) => (
    <TextInput
      key={name}
      label={label}
      description={help}
      required
      autoComplete="off"
      {...form.getInputProps(`answers.${name}`)}
    />
  ));
