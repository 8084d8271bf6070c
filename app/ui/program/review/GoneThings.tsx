import { Banner, List } from '@shopify/polaris';
import type { ProgramDocument } from '~/core/program/document';
import { partsNaming, thingsNamed } from '~/core/program/thingsNamed';
import { partName } from '~/i18n/sentences/parts';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { useThings } from '../things';

const kinds = ['product', 'collection', 'variant'] as const;

/** What the draft names that is not in the shop any more, by the rules that name it; nothing while all is there. */
export const GoneThings = ({ document }: { readonly document: ProgramDocument }) => {
  const { t, ...say } = useWriting();
  const { thingOf } = useThings();
  const { stores } = useProgram();
  const named = thingsNamed(document);
  const gone = [
    ...kinds.flatMap((kind) =>
      named[kind].filter((id) => thingOf(kind, id) === null).map((id) => ({ kind, id }) as const),
    ),
    ...named.store
      .filter((id) => !stores.some((store) => store.id === id))
      .map((id) => ({ kind: 'store', id }) as const),
  ];
  if (gone.length === 0) return null;
  const rules = new Map<string, Set<string>>();
  for (const { kind, id } of gone)
    for (const part of partsNaming(document, kind, id)) {
      const name = partName(part, say, document);
      rules.set(name, (rules.get(name) ?? new Set()).add(t(`shop.gone_${kind}`)));
    }
  return (
    <Banner tone="warning" title={t('program.things_gone')}>
      <List>
        {[...rules].map(([name, sentences]) => (
          <List.Item key={name}>{`${name}: ${[...sentences].join(' ')}`}</List.Item>
        ))}
      </List>
    </Banner>
  );
};
