import { asId, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import {
  arrangeLines,
  linesToCheck,
  writeChecked,
  type CheckedLine,
  type LineToCheck,
} from '~/features/pointFiles/db/importLines';
import { lockBatch, updateBatch, type ImportBatch } from '~/features/pointFiles/db/imports';
import { inTransaction } from '~/db/inTransaction';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps, StoreRef } from '~/usecases/deps';

const checkedAtOnce = 250;

/**
 * Finds the customers that the lines of a file are about, then what only shows in the whole of it; after that the file
 * is ready to be looked at. Addresses are forgotten as soon as they were looked up.
 */
export const checkImport = async (deps: Deps, store: StoreRef, batch: ImportBatch, now: Instant): Promise<void> => {
  const { prisma } = deps.database;
  let after = batch.checked;
  for (;;) {
    const lines = await linesToCheck(prisma, batch, after, checkedAtOnce);
    const last = lines.at(-1);
    if (last === undefined) break;
    await writeChecked(prisma, batch, await lookUp(deps, store, lines));
    after = last.line;
    await updateBatch(prisma, batch, { checked: after });
    await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
  }
  await inTransaction(deps.database, async (tx) => {
    const locked = await lockBatch(tx, batch);
    if (locked?.state === 'checking') await arrangeLines(tx, locked, now);
  });
};

/**
 * By address and by id, each person asked about once. Where a line has both, the id counts when the shop has that
 * customer.
 */
const lookUp = async (deps: Deps, store: StoreRef, lines: readonly LineToCheck[]): Promise<readonly CheckedLine[]> => {
  const platform = deps.platformOf(store);
  const emails = new Map(
    lines.flatMap(({ line, contact }) => (contact === null ? [] : [[line, deps.secrets.decrypt(contact)] as const])),
  );
  const ids = lines.filter(({ kind }) => kind === 'customer').map(({ value }) => asId<PlatformId>(value));
  const byEmail =
    emails.size === 0
      ? new Map<string, PlatformId>()
      : answered(await platform.findCustomersByEmail([...emails.values()]));
  const there = new Set(
    ids.length === 0
      ? []
      : answered(await platform.readCustomers([...new Set(ids)])).map(({ customerId }) => customerId),
  );
  return lines.map(({ line, kind, value }) => {
    if (kind === 'customer' && there.has(asId<PlatformId>(value))) return { line, kind, value, problem: null };
    const email = emails.get(line);
    if (email === undefined)
      return { line, kind, value, problem: kind === 'customer' ? { kind: 'unknown_customer', found: value } : null };
    const customerId = byEmail.get(email);
    if (customerId !== undefined) return { line, kind: 'customer', value: customerId, problem: null };
    return { line, kind: 'email', value: deps.secrets.hashEmail(email), problem: null };
  });
};

const answered = <Value>(answer: Result<Value, PlatformFailure>): Value => {
  if (answer.ok) return answer.value;
  const reason = answer.error.kind === 'unavailable' ? answer.error.reason : answer.error.reasons.join(' ');
  throw new Error(`The shop's customers could not be read: ${reason}`);
};
