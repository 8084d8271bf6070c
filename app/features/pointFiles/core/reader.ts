import { ok, refuse, type Result } from '~/core/values/result';
import { cutText } from '~/core/values/untrusted';
import type { ColumnRole, Columns } from './columns';
import { readCustomerId, readEmail, readEmailHash, readForeignMoment, readMoment, readPoints } from './fields';
import type { ImportLine, ImportPerson, LineProblem, LineReader } from './line';

const noteMax = 200;

type Field = (role: ColumnRole) => string;

/**
 * Who is meant. An id counts before an address only where every column is ours: in a file of another program
 * `customer_id` may be that program's own number, which says nothing here, so that there the address decides and the id
 * only where no address is given.
 */
const personIn = (field: Field, isOwn: boolean): Result<ImportPerson, LineProblem> => {
  const [id, hash, address] = [field('customer_id'), field('email_hash'), field('email')];
  if (address !== '') {
    const email = readEmail(address);
    const customer = isOwn && id !== '' ? readCustomerId(id) : null;
    if (customer?.ok === true) return ok({ ...customer.value, otherwise: email.ok ? email.value : null });
    return email.ok ? ok({ kind: 'email', email: email.value }) : email;
  }
  if (id !== '') return readCustomerId(id);
  return hash === '' ? refuse({ kind: 'no_person', found: '' }) : readEmailHash(hash);
};

type Amount = { readonly points: number; readonly isAddition: boolean };

/** What the line gives; null: no number at all. */
const amountIn = (field: Field): Result<Amount | null, LineProblem> => {
  const [balance, addition] = [field('points'), field('addition')];
  if (balance === '' && addition === '') return ok(null);
  if (balance !== '' && addition !== '')
    return refuse({ kind: 'two_amounts', found: cutText(`${balance}, ${addition}`, 60) });
  const points = readPoints(balance === '' ? addition : balance);
  return points.ok ? ok({ points: points.value, isAddition: balance === '' }) : points;
};

/** Reads lines by where their columns are. */
export const lineReader =
  ({ at, isOwn }: Pick<Columns, 'at' | 'isOwn'>): LineReader =>
  (fields, { zone, now, dateOrder }) => {
    const field: Field = (role) => fields[at[role] ?? -1]?.trim() ?? '';
    const amount = amountIn(field);
    if (!amount.ok) return amount;
    const person = personIn(field, isOwn);
    if (!person.ok) return person;
    if (amount.value === null) return ok(null);
    const occurredAt = readMoment(field('occurred_at'), zone, 'start');
    const availableAt = readMoment(field('available_at'), zone, 'start');
    const expiresAt = isOwn
      ? readMoment(field('expires_at'), zone, 'end')
      : readForeignMoment(field('expires_at'), zone, 'end', dateOrder);
    if (!occurredAt.ok) return occurredAt;
    if (!availableAt.ok) return availableAt;
    if (!expiresAt.ok) return expiresAt;
    const line: ImportLine = {
      ...amount.value,
      person: person.value,
      occurredAt: occurredAt.value,
      availableAt: availableAt.value,
      expiresAt: expiresAt.value,
      note: field('note') === '' ? null : field('note'),
    };
    const wrong = wrongWith(line, field, now);
    return wrong === null ? ok(line) : refuse(wrong);
  };

const wrongWith = (line: ImportLine, field: Field, now: number): LineProblem | null => {
  if (line.occurredAt !== null && line.occurredAt > now) return { kind: 'future_date', found: field('occurred_at') };
  const from = Math.max(now, line.availableAt ?? now);
  if (line.points > 0 && line.expiresAt !== null && line.expiresAt <= from)
    return { kind: 'already_lapsed', found: field('expires_at') };
  return line.note !== null && line.note.length > noteMax ? { kind: 'long_note', found: cutText(line.note, 60) } : null;
};
