import { ofMembers, ofStore } from '~/db/erasures';
import type { TenantTable } from '../../wing';

const batchOfStore = `EXISTS (SELECT FROM import_batch b
    WHERE (b.program_id, b.id) = (t.program_id, t.batch_id) AND b.store_id = a.store_id)`;
// Somebody of a file: by what the file said, or by the member it became.
const lineOf = `${batchOfStore} AND (t.kind = 'customer' AND a.customers ? t.value OR t.kind = 'email'
  AND a.hashes ? t.value OR ${ofMembers})`;

/** The tables of files of points: what becomes of them when somebody is erased, and how they are exported. */
export const pointFileTables: readonly TenantTable[] = [
  {
    name: 'import_line',
    erasure: {
      customer: {
        set: `kind = NULL, value = NULL, contact = NULL, note = NULL, found = NULL, problem = CASE
          WHEN t.entry_id IS NULL THEN coalesce(t.problem, 'no_person') ELSE t.problem END`,
        by: `${lineOf} AND (t.value IS NOT NULL OR t.note IS NOT NULL OR t.contact IS NOT NULL OR t.found IS NOT NULL)`,
      },
      keeps: ['problem'],
      store: { by: batchOfStore },
    },
    personal: {
      section: 'importedLines',
      select: `SELECT jsonb_build_object('file', b.file_name, 'line', t.line, 'points', t.points, 'at',
        t.occurred_at, 'note', t.note) AS row FROM import_line t JOIN import_batch b
        ON (b.program_id, b.id) = (t.program_id, t.batch_id), a
        WHERE t.program_id = a.program_id AND b.store_id = a.store_id
          AND (t.kind = 'customer' AND a.customers ? t.value OR t.kind = 'email' AND a.hashes ? t.value
          OR t.member_id = ANY (ARRAY(SELECT m::uuid FROM jsonb_array_elements_text(a.members) m)))
        ORDER BY b.created_at, t.line`,
    },
    exportedBy: [
      ['batch_id', 'uuid'],
      ['line', 'int'],
    ],
  },
  // The first lines of a file that waits for a decision name people in short; whom, nobody can tell, so all of them go.
  {
    name: 'import_batch',
    erasure: {
      customer: {
        set: `reading = jsonb_set(t.reading, '{sample}', '[]')`,
        by: `${ofStore} AND t.reading->'sample' <> '[]'`,
      },
      keeps: ['state', 'format', 'file_name', 'content_hash', 'failure', 'by', 'mode', 'reading'],
      store: 'store',
    },
    exportedBy: [['id', 'uuid']],
  },
];
