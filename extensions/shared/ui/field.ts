/** What stands in the field of which an event tells. */
export const valueOf = ({ currentTarget }: Event): string =>
  (currentTarget as (EventTarget & { readonly value?: string }) | null)?.value ?? '';
