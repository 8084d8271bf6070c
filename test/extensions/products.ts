import { defaultDocument } from '../../app/core/program/defaults';
import { newReward } from '../../app/core/rewards/section';
import { programSummary } from '../../app/core/storefront/programSummary';
import { code, member, redeemed } from './support';

/** A program whose one reward is a product: a cup or a notebook, with 2.90 to be paid. */
const gift = {
  ...newReward('free_product', 'gift', 'EUR'),
  ...{ enabled: true, points: 100, copayMinor: 290, variantIds: ['51', '52'] },
} as ReturnType<typeof defaultDocument>['rewards'][number];
export const giftProgram = programSummary({ ...defaultDocument('EUR', 'Europe/Rome'), rewards: [gift] }, 1, 'EUR');
export const items = [
  { variant: '51', name: 'Cup' },
  { variant: '52', name: 'Notebook' },
];
export const gifts = (more: object = {}) => [
  { id: 'gift', name: 'A gift', points: 100, refused: null as { kind: string; reason: string } | null, items, ...more },
];
export const giftCode = { ...code, reward_id: 'gift', amount_minor: 2110, variant_id: '51' };
export const holder = { ...member, codes: [giftCode] };
export const giftRedeemed = redeemed({ codes: [giftCode] });
