import { InlineGrid, TextField } from '@shopify/polaris';
import { useWriting } from '../language';
import { Step } from './Step';

type Props = {
  readonly point: string;
  readonly points: string;
  readonly setPoint: (name: string) => void;
  readonly setPoints: (name: string) => void;
};

/** The merchant's words for one point and for several. */
export const NamesStep = ({ point, points, setPoint, setPoints }: Props) => {
  const { t } = useWriting();
  const missing = (name: string) => name.trim() === '' && t('issue.text_missing');
  const shared = { autoComplete: 'off', maxLength: 60 };
  return (
    <Step number={2} title={t('start.names')} help={t('start.names_help')}>
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <TextField
          {...shared}
          name="point"
          label={t('program.names_point')}
          value={point}
          onChange={setPoint}
          error={missing(point)}
        />
        <TextField
          {...shared}
          name="points"
          label={t('program.names_points')}
          value={points}
          onChange={setPoints}
          error={missing(points)}
        />
      </InlineGrid>
    </Step>
  );
};
