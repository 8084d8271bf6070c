import { BlockStack, InlineStack, Tag, Text, TextField } from '@shopify/polaris';
import { useState, type KeyboardEvent } from 'react';
import { afterPress } from '../afterPress';
import { useErrorsShown } from '../fields';
import { useWriting } from '../language';
import { useShopWords, type WordKind } from './shopWords';

type Props = {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
  readonly error?: string | undefined;
  readonly help?: string;
  /** What they are words of: then those that the shop uses are offered. */
  readonly of?: WordKind;
};

const offeredMax = 8;
const longest = 255;

/**
 * Words of the shop (tags, types, vendors, channels), a chip each. What is being typed counts at once, so nothing is
 * lost that was not finished with a comma.
 */
export const ChipsField = ({ label, values, onChange, error, help, of }: Props) => {
  const { t } = useWriting();
  const { words, want } = useShopWords(of ?? null);
  const [text, setText] = useState('');
  const [left, setLeft] = useState(false);
  const [used, setUsed] = useState(false);
  const all = useErrorsShown();
  const typed = text.trim();
  const chips = values.filter((value) => value !== typed);
  const type = (next: string): void => {
    const parts = next.split(',');
    setText((parts.at(-1) ?? '').trimStart());
    const written = parts.map((part) => part.trim()).filter((part) => part !== '');
    onChange([...new Set([...chips, ...written])]);
  };
  const finish = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    setText('');
  };
  const offered = words
    .filter((word) => !values.includes(word) && word.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, offeredMax);
  return (
    <BlockStack gap="200">
      <div onKeyDown={finish}>
        <TextField
          label={label}
          value={text}
          autoComplete="off"
          maxLength={longest}
          helpText={help ?? t('chips.help')}
          onChange={type}
          onFocus={() => {
            setUsed(true);
            want();
          }}
          onBlur={() =>
            afterPress(() => {
              setText('');
              setLeft(true);
            })
          }
          error={(left || all) && error !== undefined ? error : false}
        />
      </div>
      <Chips of={label} all={chips} remove={(value) => onChange(values.filter((one) => one !== value))} />
      <Offered
        all={used ? offered : []}
        choose={(word) => {
          setText('');
          onChange([...chips, word]);
        }}
      />
    </BlockStack>
  );
};

type ChipsProps = {
  /** Of which field. */
  readonly of: string;
  readonly all: readonly string[];
  readonly remove: (value: string) => void;
};

const Chips = ({ of, all, remove }: ChipsProps) =>
  all.length === 0 ? null : (
    <InlineStack gap="100">
      {all.map((value) => (
        <Tag key={value} accessibilityLabel={`${value} (${of})`} onRemove={() => remove(value)}>
          {value}
        </Tag>
      ))}
    </InlineStack>
  );

type OfferedProps = { readonly all: readonly string[]; readonly choose: (word: string) => void };

const Offered = ({ all, choose }: OfferedProps) => {
  const { t } = useWriting();
  if (all.length === 0) return null;
  return (
    <InlineStack gap="100" blockAlign="center">
      <Text as="span" tone="subdued" variant="bodySm">
        {t('chips.offered')}
      </Text>
      {all.map((word) => (
        <Tag key={word} onClick={() => choose(word)}>
          {word}
        </Tag>
      ))}
    </InlineStack>
  );
};
