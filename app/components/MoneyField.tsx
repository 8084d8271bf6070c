import { TextField } from '@shopify/polaris';
import { useState } from 'react';
import { decimalOf, parseMoney } from '~/core/values/money';
import { useWriting } from './language';

type Props = {
  readonly label: string;
  readonly minor: number | null;
  readonly currency: string;
  readonly onChange: (minor: number | null) => void;
  readonly error?: string | undefined;
};

/** An amount of money, typed as people write it ("12,50" or "12.50"), handed on in minor units; null while empty or unreadable. */
export const MoneyField = ({ label, minor, currency, onChange, error }: Props) => {
  const { language } = useWriting();
  const mark = language === 'en' ? '.' : ',';
  const [text, setText] = useState(minor === null ? '' : decimalOf(minor, currency).replace('.', mark));
  const change = (typed: string): void => {
    setText(typed);
    const parsed = parseMoney(typed.trim().replace(',', '.'), currency);
    onChange(parsed.ok ? parsed.value : null);
  };
  return (
    <TextField
      label={label}
      value={text}
      onChange={change}
      prefix={currency}
      inputMode="decimal"
      autoComplete="off"
      {...(error === undefined ? {} : { error })}
    />
  );
};
