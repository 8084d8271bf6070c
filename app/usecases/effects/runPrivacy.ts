import { effectKind } from './effect';

export type RunPrivacy = { readonly requestId: string; readonly delaySeconds: number };

/** Carries out what the platform asked in the name of the law. */
export const runPrivacyLater = effectKind<RunPrivacy>('run_privacy');
