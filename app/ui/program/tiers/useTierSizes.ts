import { useRef, useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import { draftJson } from '~/core/program/draft';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { TierSizes } from '~/views/tierSizes';

/** Asks the server how many members each level of a draft would hold; throws when there is no answer. */
export type CountTiers = (draft: ProgramDocument) => Promise<TierSizes>;

const countTiers: CountTiers = async (draft) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/app/tier-sizes', { method: 'POST', headers, body: draftJson(draft) });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as TierSizes;
};

type Counted = { readonly sizes: TierSizes; readonly of: string };

/**
 * Counts members by the draft when somebody asks for it: a count reads the members' orders, so it does not follow every
 * key. `isOld`: what decides about tiers has changed since.
 */
export const useTierSizes = (draft: ProgramDocument | null, count: CountTiers = countTiers) => {
  const [counted, setCounted] = useState<Counted | null>(null);
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const asked = useRef(0);
  const ask = async (): Promise<void> => {
    if (draft === null) return;
    const turn = (asked.current += 1);
    setState('busy');
    try {
      const sizes = await count(draft);
      if (turn !== asked.current) return;
      setCounted({ sizes, of: decides(draft) });
      setState('idle');
    } catch {
      if (turn === asked.current) setState('failed');
    }
  };
  const isOld = counted !== null && draft !== null && counted.of !== decides(draft);
  return { sizes: counted?.sizes ?? null, isOld, state, ask: () => void ask() };
};

// Points are a measure of tiers, and what orders earn decides about them.
const decides = ({ tiers, earning }: ProgramDocument): string =>
  canonicalJson(tiers?.metric === 'points' ? { tiers, earning } : { tiers });
