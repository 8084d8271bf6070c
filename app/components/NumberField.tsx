import { TextField } from '@shopify/polaris';

type Props = {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly error?: string | undefined;
};

/** A whole number of points or days. What is no number is handed on as 0, which the document refuses with a sentence. */
export const NumberField = ({ label, value, onChange, error }: Props) => (
  <TextField
    label={label}
    type="number"
    min={0}
    step={1}
    value={String(value)}
    autoComplete="off"
    onChange={(typed) => onChange(Number.isSafeInteger(Number(typed)) ? Number(typed) : 0)}
    {...(error === undefined ? {} : { error })}
  />
);
