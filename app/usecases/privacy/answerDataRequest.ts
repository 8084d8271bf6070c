import type { PlatformId } from '~/core/values/ids';
import { isoOf, type Instant } from '~/core/values/instant';
import { lockPerson, withoutNothing, type Person } from '~/db/eraseCustomer';
import { inTransaction } from '~/db/inTransaction';
import { personalDataOf, type PersonalData } from '~/db/personalData';
import { addProof, writeRequestFile } from '~/db/privacyRequests';
import type { Deps } from '../deps';

/** The file of a data request as it is kept; the words for its entries are written when it is handed out. */
export type DataFile = {
  readonly shop: string;
  readonly customerId: PlatformId;
  readonly madeAt: string;
  readonly data: PersonalData;
};

/**
 * Gathers everything that is held about a store's customer into a file, kept encrypted until the merchant need not hand
 * it out any more.
 */
export const answerDataRequest = (
  { database, secrets, tables }: Pick<Deps, 'database' | 'secrets' | 'tables'>,
  place: Pick<Person, 'programId' | 'storeId'>,
  requestId: string,
  asked: { readonly domain: string; readonly customerId: PlatformId; readonly email: string | null },
  now: Instant,
): Promise<void> =>
  inTransaction(database, async (tx) => {
    const person = await lockPerson(
      tx,
      place,
      asked.customerId,
      asked.email === null ? null : secrets.hashEmail(asked.email),
    );
    const found = await personalDataOf(tx, tables, person);
    const data = {
      ...found,
      ...opened(secrets, tables, found),
      profiles: found.profiles.map((profile) => readable(secrets, profile)),
    };
    const file: DataFile = { shop: asked.domain, customerId: asked.customerId, madeAt: isoOf(now), data };
    await writeRequestFile(tx, requestId, secrets.encrypt(JSON.stringify(file)));
    await addProof(
      tx,
      requestId,
      withoutNothing(Object.fromEntries(Object.entries(data).map(([section, rows]) => [section, rows.length]))),
    );
  });

// What wings keep encrypted of a person.
const opened = (secrets: Deps['secrets'], tables: Deps['tables'], found: PersonalData): Partial<PersonalData> =>
  Object.fromEntries(
    tables.flatMap(({ personal }) => {
      const { section = '', sealed } = personal ?? {};
      if (sealed === undefined) return [];
      const open = (value: unknown): unknown =>
        typeof value === 'string' ? secrets.decrypt(Buffer.from(value, 'base64')) : value;
      return [[section, (found[section] ?? []).map((row) => ({ ...row, [sealed]: open(row[sealed]) }))]];
    }),
  );

// What the member gave us is encrypted; the person asks for it in clear text.
const readable = (
  secrets: Deps['secrets'],
  profile: PersonalData['profiles'][number],
): PersonalData['profiles'][number] => {
  const { personal } = profile;
  return typeof personal === 'string'
    ? { ...profile, personal: JSON.parse(secrets.decrypt(Buffer.from(personal, 'base64'))) as unknown }
    : profile;
};
