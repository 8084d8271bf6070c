import type { ProgramDocument } from '~/core/program/document';
import type { Language } from '~/i18n/catalog';
import { languageIn, titleOf, type Matches } from '../titled';

type Rewards = Pick<ProgramDocument, 'rewards'>;

/** What a reward of a document is called in a language; null: it is not there, or has no name yet. */
export const rewardName = ({ rewards }: Rewards, id: string | null, language: Language): string | null =>
  rewards.find((reward) => reward.id === id)?.name[language].trim() || null;

/** The title of the page of a reward, as it was saved last. */
export const rewardTitle = (matches: Matches, id: string): ReturnType<typeof titleOf> => {
  const program = matches.find((match) => match.id === 'routes/app.program')?.data as
    { readonly document: Rewards; readonly draft: { readonly document: Rewards } | null } | undefined;
  const document = program?.draft?.document ?? program?.document ?? { rewards: [] };
  const name = rewardName(document, id, languageIn(matches));
  return titleOf(matches, name === null ? 'program.reward_new' : { text: name });
};
