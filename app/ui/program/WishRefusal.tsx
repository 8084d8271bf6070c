import { Banner } from '@shopify/polaris';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { useWriting } from '../language';

/**
 * Why what a page of the program asked for was not done. What the pages themselves show of it (what is wrong at fields,
 * what another saved) is not said twice.
 */
export const WishRefusal = ({ answer }: { readonly answer: ProgramAnswer | undefined }) => {
  const { t } = useWriting();
  const refusal = answer?.refusal ?? null;
  if (answer?.intent === 'import' || refusal === null || refusal === 'apart') return null;
  if (refusal === 'too_soon' || refusal === 'too_late') return null;
  // Of a save the page shows both drafts.
  if (refusal === 'draft_changed' && answer?.intent === 'save') return null;
  const words = {
    draft_changed: 'program.draft_changed',
    scheduled: 'program.locked',
    not_a_document: 'program.invalid',
    too_large: 'program.too_large',
    not_there: 'program.not_there',
    not_json: 'program.import_not_json',
    newer_schema: 'program.invalid',
    unknown_things: 'program.things_gone_help',
    shop_away: 'program.import_refused',
  } as const;
  return <Banner tone="critical">{t(words[refusal])}</Banner>;
};
