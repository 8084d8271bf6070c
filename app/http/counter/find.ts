import { cleanText } from '~/core/values/untrusted';
import { translate } from '~/i18n/catalog';
import { services } from '~/process/services';
import { counterMembers } from '~/views/counterMembers';
import { problem } from '../problem';
import { badBody, shopperJson } from '../shopper/shopper';
import type { StaffAnswer } from './staff';

const mostLetters = 100;

/** The customers whom a text means (`q`: a name, an e-mail, a phone, a customer's number), at most ten. */
export const answerFind: StaffAnswer = async ({ store, language }, { parameters }) => {
  const text = cleanText(parameters.get('q') ?? '').trim();
  if (text === '' || text.length > mostLetters) return badBody(language, 'q');
  const { deps, database } = await services();
  const found = await counterMembers(database, deps.platformOf(store), store, text);
  if (!found.ok) return problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
  const members = found.value.map(({ customerId, name, email, available, tier }) => ({
    customer: customerId,
    name,
    detail: email,
    available,
    tier: tier?.[language] ?? null,
  }));
  return shopperJson({ members });
};
