import { BlockStack, Text, TextField } from '@shopify/polaris';
import { useId, useState, type ReactNode } from 'react';
import { ok, type Result } from '~/core/values/result';
import type { LocalizedText } from '~/core/values/text';
import { ownFirst } from '~/i18n/catalog';
import { readMoney, readWhole, type ReadProblem } from '~/i18n/readNumber';
import { afterPress } from '../afterPress';
import { TypedField, useErrorsShown, WordsField } from '../fields';
import { useWriting } from '../language';

/** Fields beside each other where there is room. */
export const FieldGrid = ({ children }: { readonly children: ReactNode }) => (
  <div style={{ display: 'grid', gap: 'var(--p-space-300)', gridTemplateColumns: twoColumns }}>{children}</div>
);

// Two at most, and one where two would cut off what is chosen: in a narrow window, or one that is zoomed.
const twoColumns = 'repeat(auto-fill, minmax(min(100%, max(15rem, 40%)), 1fr))';

/** The same below a heading of their own, which is read out with each. */
export const FieldGroup = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <BlockStack gap="200">
        <Text as="p" id={id}>
          {title}
        </Text>
        <FieldGrid>{children}</FieldGrid>
      </BlockStack>
    </div>
  );
};

type Shared = { readonly label: string; readonly error?: string | undefined; readonly help?: string };
type NumberOrNone = Shared & { readonly value: number | null; readonly onChange: (value: number | null) => void };

/** A whole number, or nothing. */
export const OptionalNumberField = ({ value, onChange, ...rest }: NumberOrNone) => {
  const { language } = useWriting();
  const [written] = useState(() => (value === null || !Number.isFinite(value) ? '' : String(value)));
  const read = (text: string): Result<number | null, ReadProblem> =>
    text.trim() === '' ? ok(null) : readWhole(language, text);
  return (
    <TypedField<number | null>
      {...rest}
      written={written}
      read={read}
      change={onChange}
      unreadable={Number.NaN}
      inputMode="numeric"
    />
  );
};

type DecimalProps = NumberOrNone & {
  /** Written beside it: "%", "×". */
  readonly sign: string;
  /** How many of the value make 1 of what is written, at least a hundredth of it: 100 for percent in basis points. */
  readonly per: number;
  readonly optional: boolean;
};

const hundredth = 100;

/** A number with up to two decimals, kept as a whole one: percent or a multiplier in basis points. */
export const DecimalField = ({ value, onChange, sign, per, optional, ...rest }: DecimalProps) => {
  const { language } = useWriting();
  const [written] = useState(() =>
    value === null || !Number.isFinite(value)
      ? ''
      : String(Math.round((value / per) * hundredth) / hundredth).replace('.', language === 'en' ? '.' : ','),
  );
  const read = (text: string): Result<number | null, ReadProblem> => {
    if (optional && text.trim() === '') return ok(null);
    // Two decimals, as money has them.
    const hundredths = readMoney(language, text, 'EUR');
    return hundredths.ok ? ok(Math.round((hundredths.value * per) / hundredth)) : hundredths;
  };
  return (
    <TypedField<number | null>
      {...rest}
      written={written}
      read={read}
      change={onChange}
      unreadable={Number.NaN}
      inputMode="decimal"
      suffix={sign}
      digits={2}
    />
  );
};

type ListProps = Shared & { readonly values: readonly string[]; readonly onChange: (values: string[]) => void };

/** Several words, with commas between them. */
export const ListField = ({ label, error, help, values, onChange }: ListProps) => {
  const { t } = useWriting();
  const all = useErrorsShown();
  const [left, setLeft] = useState(false);
  const [text, setText] = useState(() => values.join(', '));
  return (
    <TextField
      label={label}
      value={text}
      autoComplete="off"
      helpText={help ?? t('program.comma')}
      onChange={(typed) => {
        setText(typed);
        onChange([
          ...new Set(
            typed
              .split(',')
              .map((one) => one.trim())
              .filter((one) => one !== ''),
          ),
        ]);
      }}
      onBlur={() => afterPress(() => setLeft(true))}
      error={(left || all) && error !== undefined ? error : false}
    />
  );
};

type NumbersProps = Shared & { readonly values: readonly number[]; readonly onChange: (values: number[]) => void };

/** Several whole numbers, with commas between them. What is no number is handed on as NaN. */
export const NumbersField = ({ values, onChange, ...rest }: NumbersProps) => {
  const { language } = useWriting();
  return (
    <ListField
      {...rest}
      values={values.map(String)}
      onChange={(texts) =>
        onChange(
          texts.map((text) => {
            const read = readWhole(language, text);
            return read.ok ? read.value : Number.NaN;
          }),
        )
      }
    />
  );
};

type MomentProps = Shared & {
  readonly type: 'date' | 'time';
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** A day (yyyy-mm-dd) or a time of the day (hh:mm). */
export const MomentField = ({ label, error, help, type, value, onChange }: MomentProps) => {
  const all = useErrorsShown();
  const [left, setLeft] = useState(false);
  // One that is still to be chosen is not wrong yet.
  const isNew = value === '' && !left && !all;
  return (
    <TextField
      label={label}
      type={type}
      value={value}
      onChange={onChange}
      onBlur={() => afterPress(() => setLeft(true))}
      autoComplete="off"
      {...(help === undefined ? {} : { helpText: help })}
      error={isNew ? false : (error ?? false)}
    />
  );
};

type NamesProps = {
  readonly name: LocalizedText;
  readonly change: (name: LocalizedText) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** What something is called in each language. */
export const NameFields = ({ name, change, errorAt }: NamesProps) => {
  const { t, language } = useWriting();
  return (
    <FieldGrid>
      {ownFirst(language).map((one) => (
        <WordsField
          key={one}
          label={t('field.name', { language: t(`language.${one}`) })}
          value={name[one]}
          onChange={(text) => change({ ...name, [one]: text })}
          error={errorAt(`name.${one}`)}
        />
      ))}
    </FieldGrid>
  );
};
