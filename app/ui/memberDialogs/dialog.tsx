import { useNavigation, useSubmit } from '@remix-run/react';
import { TextField } from '@shopify/polaris';
import { useState } from 'react';
import { afterPress } from '../afterPress';
import type { Unanswered } from '../sending';

/** What every dialog about a member is given. */
export type DialogProps = {
  readonly wish: string;
  readonly refusal: string | null;
  readonly ask: string | null;
  readonly unsent: Unanswered | null;
  readonly close: () => void;
};

/** Sends what a dialog asks for, under the wish by which it is done once. */
export const useSend = (wish: string) => {
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  return {
    busy,
    send: (values: Readonly<Record<string, string>>): void =>
      submit({ ...values, wish }, { method: 'post', replace: true }),
  };
};

type FieldProps = {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  /** Whether the error is shown although the field was not left yet. */
  readonly shown: boolean;
  readonly numeric?: boolean;
};

/** A field of a dialog: it keeps what is typed, and says what is wrong with it once it was left. */
export const AnsweredField = ({ label, help, value, onChange, error, shown, numeric = false }: FieldProps) => {
  const [left, setLeft] = useState(false);
  return (
    <TextField
      label={label}
      {...(help === undefined ? {} : { helpText: help })}
      value={value}
      onChange={onChange}
      onBlur={() => afterPress(() => setLeft(value !== ''))}
      autoComplete="off"
      maxLength={numeric ? 40 : 200}
      error={(left || shown) && error !== undefined ? error : false}
    />
  );
};
