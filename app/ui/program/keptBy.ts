import type { ProgramDocument } from '~/core/program/document';
import { namersOf } from '~/core/program/namedIds';
import type { LocalizedText } from '~/core/values/text';
import { joined, tell, type SentenceSay } from '~/i18n/sentences/say';

type Member = { readonly id: string; readonly name: LocalizedText };

/** Why a tier or a segment cannot go: bonuses and rewards that name it; null: none does. */
export const keptBy = (
  document: Pick<ProgramDocument, 'earning' | 'rewards'>,
  kind: 'tier' | 'segment',
  { id, name }: Member,
  say: SentenceSay,
): string | null => {
  const { bonuses, rewards } = namersOf(document, kind, [id]);
  if (bonuses.length + rewards.length === 0) return null;
  const names = [
    ...bonuses.map((bonus) => tell(say, 'rules.bonus_named', { name: bonus.name[say.language] })),
    ...rewards.map((reward) => tell(say, 'rules.reward_named', { name: reward.name[say.language] })),
  ];
  return tell(say, 'rules.used_by', { name: name[say.language], names: joined(say.language, names) });
};
