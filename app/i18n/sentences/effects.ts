import type { DraftEffects } from '~/views/draftEffects';
import { tell, type SentenceSay } from './say';

// A direction in which nobody goes is not counted.
const tierEffect = ({ up, down }: NonNullable<DraftEffects['tiers']>, say: SentenceSay): string => {
  if (down === 0 && up > 0) return tell(say, 'effect.tiers_up', { count: up });
  if (up === 0 && down > 0) return tell(say, 'effect.tiers_down', { count: down });
  return tell(say, 'effect.tiers', { count: up + down, up, down });
};

const endingEffect = (ending: number, say: SentenceSay): string =>
  tell(say, 'effect.ending', { count: ending, points: say.names.points[say.language] });

/** What publishing a draft takes from members, which is agreed to with a tick. */
export const takingInWords = ({ tiers, ending }: DraftEffects, say: SentenceSay): readonly string[] => [
  ...(tiers === null || tiers.down === 0 ? [] : [tell(say, 'effect.tiers_down', { count: tiers.down })]),
  ...(ending === 0 ? [] : [endingEffect(ending, say)]),
];

/** What publishing a draft does to members at once, with numbers. Nothing is said of what it leaves alone. */
export const effectsInWords = (effects: DraftEffects, say: SentenceSay): readonly string[] => {
  const { tiers, codes, ending, kept } = effects;
  return [
    ...(tiers === null ? [] : [tierEffect(tiers, say)]),
    ...(codes === 0 ? [] : [tell(say, 'effect.codes', { count: codes })]),
    ...(ending === 0 ? [] : [endingEffect(ending, say)]),
    ...kept.map(({ name, members }) =>
      tell(say, 'program.kept_published', { name: name[say.language], count: members }),
    ),
  ];
};
