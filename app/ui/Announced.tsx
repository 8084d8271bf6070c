import { Text } from '@shopify/polaris';

type Props = {
  /** What is to be heard now; null: nothing. What stands here from the beginning is not announced. */
  readonly text: string | null;
};

/**
 * Says to who does not see the page what has come of something: screen readers announce what comes into a place that
 * was there before, and often miss a banner that appears with its words. A banner that says the same keeps silent.
 */
export const Announced = ({ text }: Props) => (
  <div role="status">
    <Text as="span" visuallyHidden>
      {text ?? ''}
    </Text>
  </div>
);
