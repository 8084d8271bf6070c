import { Text } from '@shopify/polaris';
import { useWriting } from '~/ui/language';

type Props = {
  readonly warnings: readonly {
    readonly lapsesAt: number;
    readonly daysBefore: number;
    readonly points: number;
    readonly recordedAt: number;
  }[];
};

/** When the member was warned of points that lapse, and of how many. */
export const WarningList = ({ warnings }: Props) => {
  const { t, date, points } = useWriting();
  return warnings.map((warning) => (
    <Text as="p" tone="subdued" variant="bodySm" key={`${warning.lapsesAt}:${warning.daysBefore}`}>
      {t('warnings.recorded', { date: date(warning.recordedAt), points: points(warning.points) })}
    </Text>
  ));
};
