import { newReward, type Reward, type RewardOf } from '~/core/rewards/section';
import { setUpPartner } from '~/features/partners/usecases/setUpPartner';
import { uploadCatalogue } from '~/features/partners/usecases/uploadCatalogue';
import { uploadItemCodes } from '~/features/partners/usecases/uploadItemCodes';
import { at } from './builders';
import type { PartnerServer } from './partnerServer';
import type { Tenant } from './world';

/** A cinema ticket of the partner `cine`, agreed on at 7.50 EUR. */
export const ticketReward = (part: Partial<RewardOf<'partner'>> = {}): Reward =>
  ({
    ...newReward('partner', 'ticket', 'EUR'),
    ...{ enabled: true, points: 1, provider: 'cine', itemId: 'ticket', cost: { amountMinor: 750, currency: 'EUR' } },
    ...part,
  }) as Reward;

const must = (done: { readonly ok: boolean }): void => {
  if (!done.ok) throw new Error(JSON.stringify(done));
};

const none = { name: 'Cine', address: '', secret: '' };

/** Sets up a partner with files: tickets that lead somewhere, and these codes for them. */
export const withFiles = async ({ deps, store }: Tenant, codes: readonly string[]): Promise<void> => {
  must(await setUpPartner(deps, store.programId, { ...none, id: 'cine', kind: 'file' }, at('12:00')));
  const catalogue = 'ticket,Cinema ticket,7.50,https://cinema.example/use?code={code}\nspa,Day at the spa,30\n';
  must(await uploadCatalogue(deps, store, { partnerId: 'cine', text: catalogue }));
  const text = codes.map((code) => `ticket,${code}`).join('\n');
  if (text !== '') must(await uploadItemCodes(deps, store, { partnerId: 'cine', text }, at('12:00')));
};

/** Sets up a partner that is asked at its server. */
export const withServer = async (
  { deps, store }: Pick<Tenant, 'deps' | 'store'>,
  { address, secret }: PartnerServer,
): Promise<void> => {
  const form = { id: 'cine', name: 'Cine', kind: 'http' as const, address, secret };
  must(await setUpPartner(deps, store.programId, form, at('12:00')));
};
