import { ok, refuse } from '../../values/result';
import { cutText } from '../../values/untrusted';
import { columnName, readCustomerId, readEmail, readEmailHash, readMoment, readPoints } from '../fields';
import type { ImportFormat, LineReader } from '../line';

const noteMax = 200;
const own = ['customer_id', 'email_hash', 'occurred_at', 'available_at', 'expires_at', 'note'];

/**
 * Our own columns, in any order: `customer_id`, `email` or `email_hash`; `points`; and, where wanted, `occurred_at`,
 * `available_at`, `expires_at`, `note`. What an export of lots writes, this reads. Further columns are passed over.
 */
export const fidelio: ImportFormat = {
  id: 'fidelio',
  readerOf: (header) => {
    const names = header.map(columnName);
    const isOurs =
      names.includes('points') && names.some((name) => own.includes(name)) && ['customer_id', 'email', 'email_hash'].some((name) => names.includes(name));
    return isOurs ? readerFor(names) : null;
  },
};

const readerFor =
  (names: readonly string[]): LineReader =>
  (fields, { zone, now }) => {
    const field = (name: string): string => fields[names.indexOf(name)]?.trim() ?? '';
    const person =
      field('customer_id') !== ''
        ? readCustomerId(field('customer_id'))
        : field('email_hash') !== ''
          ? readEmailHash(field('email_hash'))
          : readEmail(field('email'));
    if (!person.ok) return person;
    const points = readPoints(field('points'));
    if (!points.ok) return points;
    const occurredAt = readMoment(field('occurred_at'), zone, 'start');
    const availableAt = readMoment(field('available_at'), zone, 'start');
    const expiresAt = readMoment(field('expires_at'), zone, 'end');
    if (!occurredAt.ok) return occurredAt;
    if (!availableAt.ok) return availableAt;
    if (!expiresAt.ok) return expiresAt;
    if (points.value === 0) return ok(null);
    if (occurredAt.value !== null && occurredAt.value > now) return refuse({ kind: 'future_date', found: field('occurred_at') });
    if (occurredAt.value === null && points.value < 0) return refuse({ kind: 'negative_balance', found: field('points') });
    const from = Math.max(now, availableAt.value ?? now);
    if (points.value > 0 && expiresAt.value !== null && expiresAt.value <= from) return refuse({ kind: 'already_lapsed', found: field('expires_at') });
    const note = field('note');
    if (note.length > noteMax) return refuse({ kind: 'long_note', found: cutText(note, 60) });
    return ok({
      person: person.value,
      points: points.value,
      occurredAt: occurredAt.value,
      availableAt: availableAt.value,
      expiresAt: expiresAt.value,
      note: note === '' ? null : note,
    });
  };
