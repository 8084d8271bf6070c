import type * as polaris from '@shopify/polaris';

/** Polaris, but what pops up stands beside its button: its place is calculated by a browser. For `vi.mock`. */
export const withPlainPopover = (original: typeof polaris): typeof polaris => ({
  ...original,
  Popover: Object.assign(
    ({ active, activator, children }: polaris.PopoverProps) => (
      <>
        {activator}
        {active ? children : null}
      </>
    ),
    original.Popover,
  ) as typeof polaris.Popover,
});
