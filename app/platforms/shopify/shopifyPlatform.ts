import type { PlatformId } from '~/core/values/ids';
import { ok, refuse, type Result } from '~/core/values/result';
import type { Platform, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from './adminClient';
import { gidOf, isShopifyId } from './gid';

import { deactivateDiscountCode } from './operations/deactivateDiscountCode';
import { findCustomersByEmail } from './operations/findCustomersByEmail';
import { findGiftCard } from './operations/findGiftCard';
import { listCredits } from './operations/listCredits';
import { listCustomerTags } from './operations/listCustomerTags';
import { listOrders } from './operations/listOrders';
import { listSegmentMembers } from './operations/listSegmentMembers';
import { markCustomer } from './operations/markCustomer';
import { readInstallation } from './operations/readInstallation';
import { readCustomerTags } from './operations/readCustomerTags';
import { readCustomers } from './operations/readCustomers';
import { readDiscountCode } from './operations/readDiscountCode';
import { readGiftCardTerms } from './operations/readGiftCardTerms';
import { readOrder } from './operations/readOrder';
import { readProducts } from './operations/readProducts';
import { readShop } from './operations/readShop';
import { readStoreCreditTerms } from './operations/readStoreCreditTerms';
import { readVariants } from './operations/readVariants';
import { readThings } from './operations/readThings';
import { readWords } from './operations/readWords';
import { searchCustomers } from './operations/searchCustomers';
import { keepShippingOffers } from './shippingOffers';
import { readThemeParts } from './themeParts';
import { issueReward } from './rewards/issueReward';
import { setMetafields } from './operations/setMetafields';
import { giveStoreCredit } from './rewards/storeCredit';
import { pastOrders } from './pastOrders';

/** What the use cases need of a shop, said in Shopify's words. */
export const createShopifyPlatform = (client: AdminClient, hashEmail: (email: string) => string): Platform => ({
  readShop: () => readShop(client),
  readOrder: async (orderId) => (isShopifyId(orderId) ? readOrder(client, orderId, hashEmail) : ok(null)),
  listOrders: (window, cursor) => listOrders(client, window, cursor),
  issueReward: (request) => issueReward(client, request),
  voidReward: (reference) => deactivateDiscountCode(client, reference),
  readRewardUse: async (code) => {
    const read = await readDiscountCode(client, code);
    if (!read.ok) return read;
    const discount = read.value;
    return ok(
      discount === null
        ? { kind: 'unknown' }
        : { kind: 'known', reference: discount.id, uses: discount.uses, active: discount.active },
    );
  },
  findGiftCard: async (code) => {
    const found = await findGiftCard(client, code);
    return found.ok ? ok(found.value?.id ?? null) : found;
  },
  creditAccount: (request) => giveStoreCredit(client, request),
  listCredits: async (customerId, currency, since) =>
    isShopifyId(customerId) ? listCredits(client, customerId, currency, since) : ok([]),
  readGivingTerms: (grant) => (grant === 'gift_card' ? readGiftCardTerms(client) : readStoreCreditTerms(client)),
  publishMemberSummary: (customerId, summary) =>
    ofCustomer(customerId, () =>
      setMetafields(client, [
        { ownerId: gidOf('Customer', customerId), namespace: '$app', key: 'loyalty', value: summary },
      ]),
    ),
  listMarked: (mark, cursor) => listSegmentMembers(client, mark, cursor),
  markCustomer: (customerId, marks) => ofCustomer(customerId, () => markCustomer(client, customerId, marks)),
  keepShippingOffers: (offers) => keepShippingOffers(client, offers),
  publishProgramSummary: async (summary) => {
    const installation = await readInstallation(client);
    if (!installation.ok) return installation;
    const own = { ownerId: installation.value.id, namespace: 'loyalty' };
    return setMetafields(client, [
      { ...own, key: 'program', value: summary },
      // Where a theme block has nothing to say, the theme editor does not offer it.
      { ...own, key: 'published', value: true },
      { ...own, key: 'earns', value: summary.earn !== null },
      { ...own, key: 'rewards', value: summary.rewards.length > 0 },
    ]);
  },
  readProducts: (productIds) => readProducts(client, productIds.filter(isShopifyId)),
  readVariants: (variantIds) => readVariants(client, variantIds.filter(isShopifyId)),
  readThings: (kind, ids) => readThings(client, kind, ids.filter(isShopifyId)),
  readParts: () => readThemeParts(client),
  readWords: () => readWords(client),
  readLabels: (customerIds) => readCustomerTags(client, customerIds.filter(isShopifyId)),
  listLabels: (window, cursor) => listCustomerTags(client, window, cursor),
  readCustomers: (customerIds) => readCustomers(client, customerIds.filter(isShopifyId)),
  searchCustomers: (text) => searchCustomers(client, text),
  findCustomersByEmail: (emails) => findCustomersByEmail(client, emails),
  pastOrders: (since, resume) => pastOrders(client, since, resume, hashEmail),
});

// Who cannot be a customer of Shopify's is none.
const ofCustomer = async (
  customerId: PlatformId,
  work: () => Promise<Result<null, PlatformFailure>>,
): Promise<Result<null, PlatformFailure>> =>
  isShopifyId(customerId) ? work() : refuse({ kind: 'refused', reasons: ['Customer does not exist'] });
