import { describe, expect, test } from 'vitest';
import { newReward } from '~/core/rewards/section';
import { placeAt } from '~/ui/program/places';
import { rewardName, rewardTitle } from '~/ui/program/rewardName';

const coffee = {
  ...newReward('pool_code', 'coffee', 'EUR'),
  name: { en: 'A coffee', it: 'Un caffè', de: '  ', fr: 'Un café', es: 'Un café' },
};
const matches = (language: string, draft: object | null) => [
  { id: 'root', data: { language } },
  { id: 'routes/app.program', data: { document: { rewards: [] }, draft } },
];
const draft = { document: { rewards: [coffee] } };

describe('the page of a reward', () => {
  test('has the name of the reward in the reader’s language, and without one that of a new one', () => {
    expect(rewardName({ rewards: [coffee] }, 'coffee', 'it')).toBe('Un caffè');
    expect(rewardName({ rewards: [coffee] }, 'coffee', 'de')).toBeNull();
    expect(rewardName({ rewards: [coffee] }, 'tea', 'it')).toBeNull();
    expect(rewardTitle(matches('it', draft), 'coffee')).toEqual([{ title: 'Un caffè · Fidelio' }]);
    expect(rewardTitle(matches('it', null), 'coffee')).toEqual([{ title: 'Nuovo premio · Fidelio' }]);
  });

  test('leads back to the list of rewards', () => {
    const { title, back, reward } = placeAt('/app/program/rewards/coffee');
    expect([title, reward]).toEqual(['program.reward_new', 'coffee']);
    expect(back).toEqual({ url: '/app/program/rewards', name: 'program.rewards' });
  });
});
