import { Tabs, useBreakpoints } from '@shopify/polaris';
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
  readonly back: { readonly url: string; readonly name: MessageKey } | null;
  /** Whose page it is, by its id: it has the title of that reward. */
  readonly reward: string | null;
  readonly isReview: boolean;
  /** Something is edited there: the calculator stands beside it. */
  readonly isEditor: boolean;
};

export const placeAt = (pathname: string): Place => {
  const [first = 'overview', second] = pathname.slice(home.length).split('/').filter(Boolean);
  const title = 'nav.program' as const;
  const toProgram = { url: home, name: title };
  const aside = { tab: null, reward: null, isReview: true, isEditor: false };
  if (first === 'review') return { ...aside, title: 'program.review', back: toProgram };
  if (first === 'simulation')
    return { ...aside, title: 'program.simulate', back: { url: `${home}/review`, name: 'program.review' } };
  if (first === 'rewards' && second !== undefined)
    return {
      ...{ title: 'program.reward_new', tab: null, reward: second, isReview: false, isEditor: true },
      back: { url: urlOf('rewards'), name: 'program.rewards' },
    };
  const tab = tabs.find((one) => one === first) ?? 'overview';
  return { title, tab, back: null, reward: null, isReview: false, isEditor: tab !== 'versions' };
};

/** So many frames it is waited for the tabs to be painted. */
const patience = 60;

/** The pages of the program, as tabs. */
export const ProgramTabs = ({ tab }: { readonly tab: ProgramTab }) => {
  const { t } = useWriting();
  const navigate = useNavigate();
  const { mdDown } = useBreakpoints();
  // On a phone the tabs are wider than the screen, and they are there only once they were measured.
  useEffect(() => {
    let frame = 0;
    const look = (framesLeft: number): void => {
      const one = document.getElementById(`program-${tab}`);
      one?.scrollIntoView?.({ inline: 'center', block: 'nearest' });
      if (one === null && framesLeft > 0) frame = requestAnimationFrame(() => look(framesLeft - 1));
    };
    look(patience);
    return () => cancelAnimationFrame(frame);
  }, [tab, mdDown]);
  return (
    <Tabs
      tabs={tabs.map((one) => ({ id: `program-${one}`, content: t(`program.tab_${one}`) }))}
      selected={tabs.indexOf(tab)}
      onSelect={(index) => navigate(urlOf(tabs[index] ?? 'overview'))}
      disclosureText={t('program.tab_more')}
    />
  );
};
