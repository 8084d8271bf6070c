import type { LoaderFunctionArgs } from '@remix-run/node';
import { whyForMember } from '~/core/explanation/why';
import { instant, isoOf } from '~/core/values/instant';
import { translate } from '~/i18n/catalog';
import { explain } from '~/i18n/explain';
import { formatDate } from '~/i18n/format';
import { returningText } from '~/i18n/storefrontWords';
import { proxyError, proxyJson, proxyMethod, receiveProxy } from '~/http/shopify/proxy';
import { services } from '~/process/services';
import { storefrontBalance } from '~/views/storefrontBalance';
import { storefrontHistory } from '~/views/storefrontHistory';

export const action = proxyMethod('GET');

/**
 * GET …/history: the signed-in customer's own entries, each with its explanation in words, and the structured reason
 * behind it.
 */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const now = instant(Date.now());
  const asked = await receiveProxy(request, now);
  if (asked instanceof Response) return asked;
  const { store, customerId, language } = asked;
  if (customerId === null) return proxyError(401, 'sign_in', translate(language, 'proxy.sign_in'));
  const before = new URL(request.url).searchParams.get('before');
  const { database } = await services();
  const { entries, next, names } = await storefrontHistory(database, store, customerId, before);
  const balance = before === null ? await storefrontBalance(database, store, customerId, now) : null;
  return proxyJson({
    returning: returningText(language, balance?.returning ?? null, now),
    entries: entries.map(({ id, kind, points, forgiven, occurredAt, why }) => ({
      id,
      kind,
      points,
      at: isoOf(occurredAt),
      day: formatDate(language, occurredAt, store.timeZone),
      label: translate(language, `kind.${kind}`),
      ...(names === null ? {} : explain(whyForMember(why), points, forgiven, language, names)),
      why: whyForMember(why),
    })),
    next,
  });
};
