import { Banner, BlockStack, List } from '@shopify/polaris';
import type { ProgramDocument } from '~/core/program/document';
import { partsNaming, thingsInForce, thingsNamed } from '~/core/program/thingsNamed';
import { partName } from '~/i18n/sentences/parts';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { useThings } from '../things';

const kinds = ['product', 'collection', 'variant'] as const;

type Gone = { readonly kind: (typeof kinds)[number] | 'store'; readonly id: string };

/** What a document names that is not in the shop any more, as far as the shop has said so. */
const useGone = (): ((document: ProgramDocument) => readonly Gone[]) => {
  const { thingOf } = useThings();
  const { stores } = useProgram();
  return (document) => {
    const named = thingsNamed(document);
    return [
      ...kinds.flatMap((kind) =>
        named[kind].filter((id) => thingOf(kind, id) === null).map((id) => ({ kind, id }) as const),
      ),
      ...named.store
        .filter((id) => !stores.some((store) => store.id === id))
        .map((id) => ({ kind: 'store', id }) as const),
    ];
  };
};

/** Whether a rule or a reward that is on names what is not in the shop any more: then it cannot be published. */
export const useIsGone = (document: ProgramDocument | null): boolean => {
  const goneIn = useGone();
  return document !== null && goneIn(thingsInForce(document)).length > 0;
};

/** What the draft names that is not in the shop any more, by the rules that name it; nothing while all is there. */
export const GoneThings = ({ document }: { readonly document: ProgramDocument }) => {
  const { t, ...say } = useWriting();
  const goneIn = useGone();
  const isGone = useIsGone(document);
  const gone = goneIn(document);
  if (gone.length === 0) return null;
  const rules = new Map<string, Set<string>>();
  for (const { kind, id } of gone)
    for (const part of partsNaming(document, kind, id)) {
      const name = partName(part, say, document);
      rules.set(name, (rules.get(name) ?? new Set()).add(t(`shop.gone_${kind}`)));
    }
  return (
    <Banner tone={isGone ? 'critical' : 'warning'} title={t('program.things_gone')}>
      <BlockStack gap="200">
        <List>
          {[...rules].map(([name, sentences]) => (
            <List.Item key={name}>{`${name}: ${[...sentences].join(' ')}`}</List.Item>
          ))}
        </List>
        {isGone ? <p>{t('program.things_gone_help')}</p> : null}
      </BlockStack>
    </Banner>
  );
};
