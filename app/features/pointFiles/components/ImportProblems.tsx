import { BlockStack, InlineStack, Tag, Text } from '@shopify/polaris';
import { Fragment } from 'react';
import type { ProblemCount, ProblemLine } from '~/features/pointFiles/views/importsPage';
import { useWriting } from '~/ui/language';

type Props = {
  readonly problems: readonly ProblemLine[];
  readonly counts: readonly ProblemCount[];
  readonly all: number;
};

/**
 * The lines that cannot be imported: how many of each kind, and each with its reason, which wraps where the page is
 * narrow.
 */
export const ImportProblems = ({ problems, counts, all }: Props) => {
  const { t, count } = useCounts();
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('imports.problems')}
      </Text>
      <InlineStack gap="100">
        {counts.map((one) => (
          <Tag key={one.kind}>{count(one)}</Tag>
        ))}
      </InlineStack>
      <dl
        style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '0.5rem 0.75rem', margin: 0 }}
      >
        {problems.map(({ line, problem }) => (
          <Fragment key={line}>
            <dt style={{ textAlign: 'end' }}>
              <Text as="span" tone="subdued" numeric>
                {t('imports.sample_line', { line })}
              </Text>
            </dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>
              {t(`imports.problem_${problem.kind}`, { found: problem.found })}
            </dd>
          </Fragment>
        ))}
      </dl>
      {all > problems.length ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('imports.more_problems', { count: all - problems.length })}
        </Text>
      ) : null}
    </BlockStack>
  );
};

const useCounts = () => {
  const { t } = useWriting();
  return {
    t,
    count: ({ kind, count }: ProblemCount): string => t('imports.by_kind', { count, kind: t(`imports.kind_${kind}`) }),
  };
};
