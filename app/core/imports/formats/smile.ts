import { ok, refuse } from '../../values/result';
import { columnName, readEmail, readPoints } from '../fields';
import type { ImportFormat } from '../line';

const pointsColumns = ['points', 'points_balance', 'current_points_balance'];

/** Smile.io's files: `email` and `points` (help.smile.io/en/articles/4036233), or the balance column of its list of customers. */
export const smile: ImportFormat = {
  id: 'smile',
  readerOf: (header) => {
    const names = header.map(columnName);
    const email = names.findIndex((name) => name === 'email' || name === 'email_address');
    const points = names.findIndex((name) => pointsColumns.includes(name));
    if (email < 0 || points < 0) return null;
    return (fields) => {
      const person = readEmail(fields[email] ?? '');
      if (!person.ok) return person;
      const balance = readPoints(fields[points] ?? '');
      if (!balance.ok) return balance;
      if (balance.value < 0) return refuse({ kind: 'negative_balance', found: String(balance.value) });
      if (balance.value === 0) return ok(null);
      return ok({ person: person.value, points: balance.value, occurredAt: null, availableAt: null, expiresAt: null, note: null });
    };
  },
};
