import type { DraftEffects } from '~/views/draftEffects';
import { tell, type SentenceSay } from './say';

/** What publishing a draft does to members at once, with numbers. Nothing is said of what it leaves alone. */
export const effectsInWords = (effects: DraftEffects, say: SentenceSay): readonly string[] => {
  const { tiers, codes, ending } = effects;
  return [
    ...(tiers === null
      ? []
      : [tell(say, 'effect.tiers', { count: tiers.up + tiers.down, up: tiers.up, down: tiers.down })]),
    ...(codes === 0 ? [] : [tell(say, 'effect.codes', { count: codes })]),
    ...(ending === 0 ? [] : [tell(say, 'effect.ending', { count: ending, points: say.names.points[say.language] })]),
  ];
};
