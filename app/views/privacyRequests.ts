import type { Why } from '~/core/explanation/why';
import { instant, type Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import type { Counts } from '~/db/eraseCustomer';
import {
  countWaiting,
  findRequest,
  requestBytes,
  requestsOf,
  type PrivacyKind,
  type PrivacyProblem,
  type PrivacyRequest,
} from '~/db/privacyRequests';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { Language } from '~/i18n/catalog';
import { explain } from '~/i18n/explain';
import type { Secrets } from '~/process/secrets';
import type { DataFile } from '~/usecases/privacy/answerDataRequest';

/** `ready`: the file was made and waits to be fetched. `late`: its deadline has passed and it is not done. */
export type PrivacyState = 'open' | 'late' | 'ready' | 'done';

export type PrivacyView = {
  readonly id: string;
  readonly kind: PrivacyKind;
  readonly state: PrivacyState;
  readonly problem: PrivacyProblem | null;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly doneAt: Instant | null;
  readonly hasFile: boolean;
  readonly proof: Counts;
};

const shown = 20;
const nearMs = 7 * 86_400_000;

const privacyStateOf = (request: PrivacyRequest, now: Instant): PrivacyState => {
  if (request.doneAt !== null) return request.hasFile && request.fetchedAt === null ? 'ready' : 'done';
  return request.dueAt < now ? 'late' : 'open';
};

/** The newest requests about a store's customers, with what became of them. */
export const privacyRequests = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId }: Store,
  now: Instant,
): Promise<readonly PrivacyView[]> =>
  (await requestsOf(prisma, programId, storeId, shown)).map((request) => {
    const { id, kind, problem, receivedAt, dueAt, doneAt, hasFile, proof } = request;
    return { id, kind, state: privacyStateOf(request, now), problem, receivedAt, dueAt, doneAt, hasFile, proof };
  });

/** How many requests wait for the merchant or for a job, and how many of them are near their deadline or beyond it. */
export const privacyAttention = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId }: Store,
  now: Instant,
): Promise<{ readonly privacyOpen: number; readonly privacyUrgent: number }> => {
  const { all, urgent } = await countWaiting(prisma, programId, storeId, instant(now + nearMs));
  return { privacyOpen: all - urgent, privacyUrgent: urgent };
};

/**
 * The file of a data request in the reader's words: everything we hold, each entry with its explanation. null: there is
 * none (any more).
 */
export const privacyFile = async (
  { prisma }: Pick<Database, 'prisma'>,
  secrets: Secrets,
  { programId, storeId }: Store,
  id: string,
  language: Language,
): Promise<{ readonly fileName: string; readonly text: string } | null> => {
  const place = (await findRequest(prisma, id))?.place;
  const isOurs = place?.programId === programId && place.storeId === storeId;
  const bytes = isOurs ? await requestBytes(prisma, id, 'file') : null;
  if (bytes === null) return null;
  const { data, ...head } = JSON.parse(secrets.decrypt(bytes)) as DataFile;
  const names = (await currentProgram(prisma, programId))?.document.names ?? null;
  const entries = data.entries.map((entry) => {
    const { why, points, forgiven } = entry as { why: Why; points: number; forgiven: number };
    return { ...entry, ...(names === null ? {} : { explanation: explain(why, points, forgiven, language, names) }) };
  });
  return {
    fileName: `customer-${head.customerId}-data.json`,
    text: `${JSON.stringify({ ...head, data: { ...data, entries } }, null, 2)}\n`,
  };
};
