import { DataTable, type DataTableProps } from '@shopify/polaris';
import { useEffect, useRef } from 'react';

type Props = DataTableProps & {
  /** What is in it, for who comes to it by keyboard. */
  readonly name: string;
};

/** A table that may be wider than a phone: then it can be reached by Tab, and moved sideways by the arrow keys. */
export const WideTable = ({ name, ...table }: Props) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = place.current?.querySelector('table')?.parentElement ?? null;
    if (scroller === null) return;
    const follow = (): void => {
      const isWider = scroller.scrollWidth > scroller.clientWidth;
      for (const [attribute, value] of Object.entries({ tabindex: '0', role: 'region', 'aria-label': name }))
        if (isWider) scroller.setAttribute(attribute, value);
        else scroller.removeAttribute(attribute);
    };
    follow();
    const observer = new ResizeObserver(follow);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [name]);
  return (
    <div ref={place}>
      <DataTable {...table} />
    </div>
  );
};
