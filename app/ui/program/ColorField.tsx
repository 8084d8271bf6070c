import { TextField } from '@shopify/polaris';
import { isColor, white } from '~/core/values/contrast';
import { useWriting } from '../language';

type Props = {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (color: string | null) => void;
  readonly error: string | undefined;
  readonly help: string;
};

// Typed with or without its sign, in large or small letters.
const read = (text: string): string | null => {
  const typed = text.trim().toLowerCase();
  if (typed === '') return null;
  return typed.startsWith('#') ? typed : `#${typed}`;
};

/** A colour by its number or picked; empty: none. */
export const ColorField = ({ label, value, onChange, error, help }: Props) => {
  const { t } = useWriting();
  const color = value !== null && isColor(value) ? value : null;
  return (
    <TextField
      label={label}
      value={value ?? ''}
      onChange={(text) => onChange(read(text))}
      autoComplete="off"
      maxLength={7}
      placeholder="#1a7f5a"
      helpText={help}
      error={error ?? false}
      connectedRight={
        <input
          type="color"
          aria-label={t('look.pick')}
          value={color ?? white}
          onChange={(event) => onChange(event.currentTarget.value)}
          style={{
            height: 32,
            width: 44,
            padding: 2,
            // Without a colour the swatch is white, and its frame open.
            border: `1px ${color === null ? 'dashed' : 'solid'} #8a8a8a`,
            borderRadius: 8,
            background: white,
          }}
        />
      }
    />
  );
};
