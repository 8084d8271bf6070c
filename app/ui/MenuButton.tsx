import { ActionList, Button, Popover, type ActionListItemDescriptor } from '@shopify/polaris';
import { useState } from 'react';

type Props = {
  readonly label: string;
  readonly items: readonly ActionListItemDescriptor[];
  readonly loading?: boolean;
  /** Where the menu stands below its button, if there is room on both sides. */
  readonly align?: 'left' | 'right';
};

/** A button that opens a menu: its first item has the focus, one is chosen, and it closes. */
export const MenuButton = ({ label, items, loading = false, align = 'left' }: Props) => {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      preferredAlignment={align}
      autofocusTarget="first-node"
      activator={
        <Button disclosure ariaExpanded={open} loading={loading} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      }
    >
      <ActionList actionRole="menuitem" items={[...items]} onActionAnyItem={() => setOpen(false)} />
    </Popover>
  );
};
