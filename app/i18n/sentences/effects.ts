import type { DraftEffects } from '~/views/draftEffects';
import { tell, type SentenceSay } from './say';

// A direction in which nobody goes is not counted.
const tierEffect = ({ up, down }: NonNullable<DraftEffects['tiers']>, say: SentenceSay): string => {
  if (down === 0 && up > 0) return tell(say, 'effect.tiers_up', { count: up });
  if (up === 0 && down > 0) return tell(say, 'effect.tiers_down', { count: down });
  return tell(say, 'effect.tiers', { count: up + down, up, down });
};

/** What publishing a draft does to members at once, with numbers. Nothing is said of what it leaves alone. */
export const effectsInWords = (effects: DraftEffects, say: SentenceSay): readonly string[] => {
  const { tiers, codes, ending, kept } = effects;
  return [
    ...(tiers === null ? [] : [tierEffect(tiers, say)]),
    ...(codes === 0 ? [] : [tell(say, 'effect.codes', { count: codes })]),
    ...(ending === 0 ? [] : [tell(say, 'effect.ending', { count: ending, points: say.names.points[say.language] })]),
    ...kept.map(({ name, members }) =>
      tell(say, 'program.kept_published', { name: name[say.language], count: members }),
    ),
  ];
};
