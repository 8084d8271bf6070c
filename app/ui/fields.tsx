import { TextField } from '@shopify/polaris';
import { createContext, useContext, useState, type ReactNode } from 'react';
import type { Result } from '~/core/values/result';
import { decimalOf, exponentOf } from '~/core/values/money';
import { readMoney, readWhole, type ReadProblem } from '~/i18n/readNumber';
import { afterPress } from './afterPress';
import { useWriting } from './language';

const ShownAtOnce = createContext(false);

/** Fields say what is wrong once they were left; after an attempt to save, all of them at once. */
export const ErrorsShown = ({ all, children }: { readonly all: boolean; readonly children: ReactNode }) => (
  <ShownAtOnce.Provider value={all}>{children}</ShownAtOnce.Provider>
);

/** Whether somebody has tried to save what is wrong. */
export const useErrorsShown = (): boolean => useContext(ShownAtOnce);

type Shared = { readonly label: string; readonly error?: string | undefined };

/** A text that is handed on as it is typed. */
export const WordsField = (props: Shared & WordsProps) => {
  const { label, value, onChange, error, warning, longest = 60, lines } = props;
  const all = useContext(ShownAtOnce);
  const [left, setLeft] = useState(false);
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      onBlur={() => afterPress(() => setLeft(true))}
      autoComplete="off"
      maxLength={longest}
      {...(lines === undefined ? {} : { multiline: lines, showCharacterCount: true })}
      helpText={warning}
      error={(left || all) && error !== undefined ? error : false}
    />
  );
};

type WordsProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly warning?: string | undefined;
  /** So many characters it can have. */
  readonly longest?: number;
  /** It is higher than one line, and counts its characters. */
  readonly lines?: number;
};

type NumberProps = Shared & { readonly value: number; readonly onChange: (value: number) => void };

/**
 * A whole number of points or days. It keeps what is typed; what cannot be read is handed on as NaN, which no document
 * takes.
 */
export const NumberField = ({ value, onChange, ...rest }: NumberProps) => {
  const { language } = useWriting();
  const [written] = useState(() => (Number.isFinite(value) ? String(value) : ''));
  return (
    <TypedField
      {...rest}
      written={written}
      read={(text) => readWhole(language, text)}
      change={onChange}
      unreadable={Number.NaN}
      inputMode="numeric"
    />
  );
};

type MoneyProps = Shared & {
  readonly minor: number | null;
  readonly currency: string;
  readonly optional?: boolean;
  readonly onChange: (minor: number | null) => void;
};

/**
 * An amount of money, typed as people write it ("12,50" or "12.50"), handed on in minor units; null when it may be
 * empty and is.
 */
export const MoneyField = ({ minor, currency, optional = false, onChange, ...rest }: MoneyProps) => {
  const { language } = useWriting();
  const mark = language === 'en' ? '.' : ',';
  const [written] = useState(() =>
    minor === null || !Number.isFinite(minor) ? '' : decimalOf(minor, currency).replace('.', mark),
  );
  const read = (text: string): Result<number | null, ReadProblem> =>
    optional && text.trim() === '' ? { ok: true, value: null } : readMoney(language, text, currency);
  return (
    <TypedField<number | null>
      unreadable={Number.NaN}
      {...rest}
      written={written}
      read={read}
      change={onChange}
      inputMode="decimal"
      prefix={currency}
      digits={exponentOf(currency)}
    />
  );
};

type TypedProps<Value> = Shared & {
  readonly written: string;
  readonly read: (text: string) => Result<Value, ReadProblem>;
  readonly change: (value: Value) => void;
  /** What stands for a text that cannot be read. */
  readonly unreadable: Value;
  readonly inputMode: 'numeric' | 'decimal';
  readonly prefix?: string;
  readonly suffix?: string;
  readonly digits?: number;
  readonly help?: string;
};

/** A text field whose text is read as something else; it keeps what is typed, and says why it cannot be read. */
export const TypedField = <Value,>({
  label,
  error,
  written,
  read,
  change,
  unreadable,
  inputMode,
  prefix,
  suffix,
  digits = 0,
  help,
}: TypedProps<Value>) => {
  const { t } = useWriting();
  const all = useContext(ShownAtOnce);
  const [left, setLeft] = useState(false);
  const [text, setText] = useState(written);
  const type = (typed: string): void => {
    setText(typed);
    const value = read(typed);
    change(value.ok ? value.value : unreadable);
  };
  const typed = read(text);
  const shown = typed.ok ? error : t(`read.${typed.error}`, { text: text.trim(), count: digits });
  return (
    <TextField
      label={label}
      value={text}
      onChange={type}
      onBlur={() => afterPress(() => setLeft(true))}
      inputMode={inputMode}
      autoComplete="off"
      {...(prefix === undefined ? {} : { prefix })}
      {...(suffix === undefined ? {} : { suffix })}
      {...(help === undefined ? {} : { helpText: help })}
      error={(left || all) && shown !== undefined ? shown : false}
    />
  );
};
