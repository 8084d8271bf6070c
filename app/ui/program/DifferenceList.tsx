import { List, Text } from '@shopify/polaris';
import type { Difference } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import { differenceInWords } from '~/i18n/sentences/differences';
import { useWriting } from '../language';

type Props = {
  readonly differences: readonly Difference[];
  readonly between: readonly [ProgramDocument, ProgramDocument];
};

/** What differs between two documents, a sentence each. */
export const DifferenceList = ({ differences, between }: Props) => {
  const { t, ...say } = useWriting();
  if (differences.length === 0)
    return (
      <Text as="p" tone="subdued">
        {t('program.no_difference')}
      </Text>
    );
  return (
    <List>
      {differences.map((difference, index) => (
        <List.Item key={index}>{differenceInWords(difference, between, say)}</List.Item>
      ))}
    </List>
  );
};
