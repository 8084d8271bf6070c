import type { ProgramId } from '~/core/values/ids';
import { effectKind } from '~/usecases/effects/effect';

export type Greet = { readonly programId: ProgramId; readonly name: string };

/** Somebody is to be greeted. */
export const greetLater = effectKind<Greet>('greet');
