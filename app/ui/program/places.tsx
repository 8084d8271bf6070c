import { Tabs } from '@shopify/polaris';
import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';
import type { MessageKey } from '~/i18n/catalog';
import { useWriting } from '../language';

const home = '/app/program';
const tabs = ['overview', 'earn', 'tiers', 'rewards', 'policies', 'names', 'versions'] as const;
export type ProgramTab = (typeof tabs)[number];

const urlOf = (tab: ProgramTab): string => (tab === 'overview' ? home : `${home}/${tab}`);

/** Which of the program's pages an address is. */
export type Place = {
  readonly title: MessageKey;
  /** null: it is reached from another page of the program, and leads back there. */
  readonly tab: ProgramTab | null;
  readonly back: string | null;
  readonly isReview: boolean;
  /** Something is edited there: the calculator stands beside it. */
  readonly isEditor: boolean;
};

export const placeAt = (pathname: string): Place => {
  const [first = 'overview', second] = pathname.slice(home.length).split('/').filter(Boolean);
  const title = 'nav.program' as const;
  if (first === 'review') return { title: 'program.review', tab: null, back: home, isReview: true, isEditor: false };
  if (first === 'simulation')
    return { title: 'program.simulate', tab: null, back: `${home}/review`, isReview: true, isEditor: false };
  if (first === 'rewards' && second !== undefined)
    return { title: 'program.reward', tab: null, back: urlOf('rewards'), isReview: false, isEditor: true };
  const tab = tabs.find((one) => one === first) ?? 'overview';
  return { title, tab, back: null, isReview: false, isEditor: tab !== 'versions' };
};

/** The pages of the program, as tabs. */
export const ProgramTabs = ({ tab }: { readonly tab: ProgramTab }) => {
  const { t } = useWriting();
  const navigate = useNavigate();
  // On a phone the tabs are wider than the screen.
  useEffect(() => {
    document.getElementById(`program-${tab}`)?.scrollIntoView?.({ inline: 'center', block: 'nearest' });
  }, [tab]);
  return (
    <Tabs
      tabs={tabs.map((one) => ({ id: `program-${one}`, content: t(`program.tab_${one}`) }))}
      selected={tabs.indexOf(tab)}
      onSelect={(index) => navigate(urlOf(tabs[index] ?? 'overview'))}
      disclosureText={t('program.tab_more')}
    />
  );
};
