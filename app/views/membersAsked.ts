import { z } from 'zod';
import { documentId } from '~/core/values/fields';
import { asId, type MemberId } from '~/core/values/ids';
import { cleanText, cutText } from '~/core/values/untrusted';
import type { MemberCursor, MemberSort } from '~/db/memberLists';
import type { MembersAsked } from './memberList';

/** How the address says "no tier": no tier can have this id. */
export type NoTier = '-';

const noTier: NoTier = '-';

/** The views of the list that are ready-made. */
export type MemberViewId = 'all' | 'lapsing' | 'owing';

const memberViews = ['all', 'lapsing', 'owing'] as const satisfies readonly MemberViewId[];

export type { MemberSort };

const memberSorts = ['newest', 'oldest', 'balance_desc', 'balance_asc'] as const satisfies readonly MemberSort[];

const points = z
  .string()
  .regex(/^-?\d{1,12}$/)
  .transform(Number);
const tier = z.union([z.literal(noTier).transform(() => null), documentId]).transform((id) => ({ id }));
const cursor = z
  .string()
  .transform((text) => text.split('~'))
  .pipe(z.tuple([z.uuid(), points]))
  .transform(([id, available]) => ({ memberId: asId<MemberId>(id), available }));

/** A cursor as it stands in an address. */
export const cursorText = ({ memberId, available }: MemberCursor): string => `${memberId}~${available}`;

/** What an address asks of the list of members; `misread`: some of it makes no sense and was left out. */
export const membersAsked = (
  parameters: URLSearchParams,
): { readonly asked: MembersAsked; readonly misread: boolean } => {
  let misread = false;
  const read = <Value>(name: string, schema: z.ZodType<Value>): Value | null => {
    const text = parameters.get(name) ?? '';
    if (text === '') return null;
    const parsed = schema.safeParse(text);
    misread ||= !parsed.success;
    return parsed.success ? parsed.data : null;
  };
  const view = read('view', z.enum(memberViews)) ?? 'all';
  const [min, max] = [read('min', points), read('max', points)];
  const isTurned = min !== null && max !== null && min > max;
  const asked: MembersAsked = {
    search: cutText(cleanText(parameters.get('q') ?? ''), 100).trim(),
    tier: read('tier', tier),
    segment: read('segment', documentId),
    min: isTurned ? null : min,
    max: isTurned ? null : max,
    owing: view === 'owing',
    lapsing: view === 'lapsing',
    sort: read('sort', z.enum(memberSorts)) ?? 'newest',
    after: read('after', cursor),
  };
  return { asked, misread: misread || isTurned };
};
