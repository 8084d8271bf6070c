import { Link } from '@shopify/polaris';
import type { MemberChange } from '~/core/simulation/results';
import { useWriting } from '~/ui/language';
import { WideTable } from '~/ui/WideTable';
import type { SimulationPage } from '../views/simulationPage';

type Props = Pick<SimulationPage, 'names'> & {
  /** What the table is called. */
  readonly title: string;
  readonly changes: readonly MemberChange[];
  readonly currency: string;
};

/** Whom the change concerns most, one line a member. */
export const ChangeTable = ({ title, changes, names, currency }: Props) => {
  const { t, money } = useWriting();
  const signed = (minor: number): string => `${minor > 0 ? '+' : ''}${money(minor, currency)}`;
  return (
    <WideTable
      name={title}
      columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
      headings={[t('simulation.member'), t('simulation.published'), t('simulation.draft'), t('simulation.difference')]}
      rows={changes.map(({ memberId, beforeMinor, afterMinor }) => [
        <Link key={memberId} url={`/app/members/${memberId}`}>
          {names[memberId] || t('common.no_name')}
        </Link>,
        money(beforeMinor, currency),
        money(afterMinor, currency),
        signed(afterMinor - beforeMinor),
      ])}
      increasedTableDensity
    />
  );
};
