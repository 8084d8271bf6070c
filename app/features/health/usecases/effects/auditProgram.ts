import type { ProgramId } from '~/core/values/ids';
import { effectKind } from '~/usecases/effects/effect';

export type AuditProgram = { readonly programId: ProgramId; readonly auditId: string };

/** Checks the invariants over the whole ledger. */
export const auditProgramLater = effectKind<AuditProgram>('audit_program');
