import { Button, FormLayout, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { newSegment } from '~/core/earning/newSegment';
import type { Segment } from '~/core/program/diff';
import { segmentSentence } from '~/i18n/sentences/earning';
import { useWriting } from '../../language';
import { ChipsField } from '../ChipsField';
import { NameFields } from '../fields';
import { keptBy } from '../keptBy';
import { useProgram } from '../programContext';
import { newId, RuleList, type RuleKind } from '../RuleList';
import { Section } from '../Section';

const segmentsMax = 100;

/** Groups of customers by their tags in the shop, for bonuses and rewards. */
export const SegmentsCard = () => {
  const { t, ...say } = useWriting();
  const { draft, published, errorAt, isWrong } = useProgram();
  const { segments } = draft.document;
  const [added, setAdded] = useState<readonly string[]>([]);
  const change = (next: Segment[]): void => draft.change({ segments: next });
  const add = (): void => {
    const taken = [...segments, ...published.document.segments, ...added.map((id) => ({ id }))];
    const segment = newSegment(newId('segment', taken));
    setAdded([...added, segment.id]);
    change([...segments, segment]);
  };
  const kind: RuleKind<Segment> = {
    nameOf: ({ name }) => name[say.language],
    sentenceOf: (segment) => segmentSentence(segment, say),
    isOrdered: false,
    keptBy: (segment) => keptBy(draft.document, 'segment', segment, say),
  };
  return (
    <Section title={t('segments.title')} help={t('segments.help')}>
      {segments.length === 0 ? <Text as="p">{t('segments.empty')}</Text> : null}
      <RuleList
        rules={segments}
        change={change}
        kind={kind}
        opened={added}
        isWrong={(index) => isWrong(`segments.${index}`)}
        fields={(segment, index, set) => (
          <FormLayout>
            <ChipsField
              of="customer_tag"
              label={t('field.segment.customerTags')}
              values={segment.customerTags}
              onChange={(customerTags) => set({ ...segment, customerTags })}
              error={errorAt(`segments.${index}.customerTags`)}
            />
            <NameFields
              name={segment.name}
              change={(name) => set({ ...segment, name })}
              errorAt={(field) => errorAt(`segments.${index}.${field}`)}
            />
          </FormLayout>
        )}
      />
      <InlineStack>
        <Button onClick={add} disabled={segments.length >= segmentsMax}>
          {t('segments.add')}
        </Button>
      </InlineStack>
    </Section>
  );
};
