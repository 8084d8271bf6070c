import { redactSnapshot } from '~/core/orders/redact';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import {
  eraseRows,
  lockOrdersOf,
  lockPerson,
  withoutNothing,
  writeErasedOrders,
  type ErasedOrder,
  type OrderOfPerson,
  type Person,
} from '~/db/eraseCustomer';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { addProof, forgetRequestFile, requestBytes, requestsWithContent } from '~/db/privacyRequests';
import { forgetDelivery, unreadableBodiesOf } from '~/db/unreadable';
import type { Deps } from '../deps';
import { shopHashOf, type KeptAsk } from './receiveRequest';

type EraseDeps = Pick<Deps, 'database' | 'secrets' | 'tables'>;
type Asked = {
  readonly domain: string;
  readonly customerId: PlatformId;
  readonly email: string | null;
  readonly orderIds: readonly PlatformId[];
};
type Place = Pick<Person, 'programId' | 'storeId'>;

/**
 * Erases a customer of a store, in one transaction with its proof: whoever it was is not recognised any more, no text
 * about the person is left, the member's ledger stays and adds up. Doing it again finds nothing. Answers under what the
 * person was known, so that waiting work can be looked through.
 */
export const eraseCustomer = (
  deps: EraseDeps,
  place: Place,
  requestId: string,
  asked: Asked,
  now: Instant,
): Promise<Person> =>
  inTransaction(deps.database, async (tx) => {
    const hash = asked.email === null ? null : deps.secrets.hashEmail(asked.email);
    const person = await lockPerson(tx, place, asked.customerId, hash);
    const orders = await lockOrdersOf(tx, person, asked.orderIds);
    await writeErasedOrders(tx, place, orders.map(withoutPerson), now);
    const counts = {
      ...(await eraseRows(tx, deps.tables, person)),
      order: orders.length,
      unreadable_delivery: await forgetDeliveriesAbout(deps, tx, place, person, asked.email),
      privacy_request: await forgetFilesAbout(deps, tx, requestId, asked.domain, person),
    };
    await addProof(tx, requestId, withoutNothing(counts));
    return person;
  });

const withoutPerson = ({ orderId, snapshot, settled, codes, isMembers }: OrderOfPerson): ErasedOrder => {
  const keepsCode = (code: string): boolean => codes.includes(code.toUpperCase());
  const rewritten = settled === null || settled === 'none' ? settled : redactSnapshot(settled, isMembers, keepsCode);
  return { orderId, snapshot: redactSnapshot(snapshot, isMembers, keepsCode), settled: rewritten };
};

// Bodies that could not be read are encrypted; whether one is about the person only reading it tells.
const forgetDeliveriesAbout = async (
  { secrets }: EraseDeps,
  tx: Tx,
  { programId, storeId }: Place,
  person: Person,
  email: string | null,
): Promise<number> => {
  const words = [
    ...person.customers.map((id) => new RegExp(`(?<!\\d)${id}(?!\\d)`)),
    ...(email === null ? [] : [new RegExp(escapeText(email), 'i')]),
  ];
  let forgotten = 0;
  for (const { id, body } of await unreadableBodiesOf(tx, programId, storeId)) {
    const text = secrets.decrypt(body);
    if (!words.some((word) => word.test(text))) continue;
    await forgetDelivery(tx, programId, id);
    forgotten += 1;
  }
  return forgotten;
};

const escapeText = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

// Files of the person's own data requests: whoever is erased has nothing to be handed out any more.
const forgetFilesAbout = async (
  { secrets }: EraseDeps,
  tx: Tx,
  requestId: string,
  domain: string,
  person: Person,
): Promise<number> => {
  let forgotten = 0;
  for (const request of await requestsWithContent(tx, shopHashOf({ secrets }, domain))) {
    const file = request.id === requestId || !request.hasFile ? null : await requestBytes(tx, request.id, 'file');
    if (file === null) continue;
    const { customerId } = JSON.parse(secrets.decrypt(file)) as { customerId: PlatformId };
    if (!person.customers.includes(customerId)) continue;
    await forgetRequestFile(tx, request.id);
    forgotten += 1;
  }
  return forgotten;
};

/** What a request kept, read again. */
export const readAsk = ({ secrets }: Pick<Deps, 'secrets'>, body: Uint8Array): KeptAsk =>
  JSON.parse(secrets.decrypt(body)) as KeptAsk;
