import { Banner, BlockStack, Box, Button, Checkbox, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import { partsNaming, type NamedKind, type ThingChoices, type ThingsNamed } from '~/core/program/thingsNamed';
import { partName } from '~/i18n/sentences/parts';
import { joined } from '~/i18n/sentences/say';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { ResourceField } from '../ResourceField';

type Props = {
  /** The program of the file. */
  readonly document: ProgramDocument;
  /** What it names that is not there. */
  readonly things: ThingsNamed;
  readonly import: (choices: ThingChoices) => void;
  readonly cancel: () => void;
};

type Unknown = { readonly kind: NamedKind; readonly id: string };

const kinds = ['product', 'collection', 'variant', 'store'] as const;
const keyOf = ({ kind, id }: Unknown): string => `${kind} ${id}`;

/** What a file names that is not in this shop, each with where: another is chosen for it, or it is left out. */
export const UnknownThings = ({ document, things, import: bring, cancel }: Props) => {
  const { t } = useWriting();
  const { busy } = useProgram();
  const [chosen, setChosen] = useState<ReadonlyMap<string, string | null>>(new Map());
  const unknown = kinds.flatMap((kind) => things[kind].map((id) => ({ kind, id })));
  const open = unknown.filter((one) => !chosen.has(keyOf(one)));
  const choose = (one: Unknown, choice: string | null | undefined): void => {
    const next = new Map(chosen);
    if (choice === undefined) next.delete(keyOf(one));
    else next.set(keyOf(one), choice);
    setChosen(next);
  };
  const choicesOf = (kind: NamedKind): Record<string, string | null> =>
    Object.fromEntries(things[kind].map((id) => [id, chosen.get(keyOf({ kind, id })) ?? null]));
  return (
    <BlockStack gap="400">
      <Banner tone="warning" title={t('program.unknown_things', { count: unknown.length })}>
        {t('program.unknown_things_help')}
      </Banner>
      {unknown.map((one) => (
        <UnknownThing
          key={keyOf(one)}
          one={one}
          document={document}
          choice={chosen.get(keyOf(one))}
          choose={(choice) => choose(one, choice)}
        />
      ))}
      <InlineStack gap="200">
        <Button
          variant="primary"
          disabled={open.length > 0}
          loading={busy}
          onClick={() =>
            bring({
              ...{ product: choicesOf('product'), collection: choicesOf('collection') },
              ...{ variant: choicesOf('variant'), store: choicesOf('store') },
            })
          }
        >
          {t('program.import')}
        </Button>
        <Button
          disabled={open.length === 0 || busy}
          onClick={() => setChosen(new Map([...open.map((one) => [keyOf(one), null] as const), ...chosen]))}
        >
          {t('program.leave_rest_out')}
        </Button>
        <Button variant="tertiary" disabled={busy} onClick={cancel}>
          {t('program.close')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
};

type ThingProps = {
  readonly one: Unknown;
  readonly document: ProgramDocument;
  /** undefined: it is still open; null: it is left out. */
  readonly choice: string | null | undefined;
  readonly choose: (choice: string | null | undefined) => void;
};

const UnknownThing = ({ one: { kind, id }, document, choice, choose }: ThingProps) => {
  const { t, ...say } = useWriting();
  const { stores } = useProgram();
  const names = partsNaming(document, kind, id).map((part) => partName(part, say, document));
  const title = t(`program.unknown_${kind}`, { id });
  const ids = choice == null ? [] : [choice];
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="200">
        {kind === 'store' ? (
          <Select
            label={title}
            disabled={choice === null}
            value={choice ?? ''}
            onChange={(chosen) => choose(chosen === '' ? undefined : chosen)}
            options={[
              { value: '', label: t('program.choose_store') },
              ...stores.map((store) => ({ value: store.id, label: store.name })),
            ]}
          />
        ) : (
          <ResourceField kind={kind} label={title} ids={ids} most={1} onChange={([first]) => choose(first)} />
        )}
        <Text as="p" tone="subdued">
          {t('program.unknown_named_by', { names: joined(say.language, names) })}
        </Text>
        <Checkbox
          label={t('program.leave_out')}
          checked={choice === null}
          onChange={(out) => choose(out ? null : undefined)}
        />
      </BlockStack>
    </Box>
  );
};
