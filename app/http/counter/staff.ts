import type { Instant } from '~/core/values/instant';
import type { Store } from '~/db/stores';
import type { Language } from '~/i18n/catalog';
import type { Asked } from '../shopper/shopper';

/** Answers what staff of a shop asks at a counter, in the language of the staff. */
export type StaffAnswer = (
  staff: { readonly store: Store; readonly language: Language },
  asked: Asked,
  now: Instant,
) => Promise<Response>;
