import { useId, useRef, useState, type DragEvent, type PointerEvent, type ReactNode } from 'react';
import { useWriting } from '../language';

/**
 * Moves the members of a list by dragging: each has a handle, and takes the place of the one it is dropped on. The
 * menu of each does the same with the keyboard. A mouse drags as browsers do; a finger or a pen is followed.
 */
export const useDragging = (move: (from: number, to: number) => void) => {
  // Not a state: browsers end a drag whose element changes while it begins.
  const from = useRef<number | null>(null);
  const list = useId();
  const [over, setOver] = useState<number | null>(null);
  const end = (): void => {
    from.current = null;
    setOver(null);
  };
  const rowOf = (index: number) => ({
    'data-rule': `${list} ${index}`,
    onDragOver: (event: DragEvent) => {
      if (from.current === null) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event: DragEvent) => {
      if (from.current === null) return;
      event.preventDefault();
      if (from.current !== index) move(from.current, index);
      end();
    },
    style: over === null ? {} : markOf(from.current, over, index),
  });
  // Where it is let go outside the list, nothing moves.
  const handleOf = (index: number): ReactNode => (
    <Handle
      start={() => (from.current = index)}
      end={end}
      over={(point) => {
        if (from.current !== null) setOver(rowAt(list, point));
      }}
      drop={(point) => {
        const to = rowAt(list, point);
        if (from.current !== null && to !== null && to !== from.current) move(from.current, to);
        end();
      }}
    />
  );
  return { rowOf, handleOf };
};

type Point = { readonly clientX: number; readonly clientY: number };

/** The place in a list of the row that is at a point of the window; null: there is none of it. */
const rowAt = (list: string, { clientX, clientY }: Point): number | null => {
  const row = document.elementFromPoint(clientX, clientY)?.closest('[data-rule]');
  const [of, place] = row?.getAttribute('data-rule')?.split(' ') ?? [];
  return of === list && place !== undefined ? Number(place) : null;
};

const line = '2px solid var(--p-color-border-emphasis)';

// A line where it would stand; what is dragged is pale.
const markOf = (from: number | null, over: number, index: number) => {
  if (from === index) return { opacity: 0.5 };
  if (from === null || over !== index) return {};
  return from < index ? { borderBlockEnd: line } : { borderBlockStart: line };
};

type HandleProps = {
  readonly start: () => void;
  readonly end: () => void;
  /** A finger or a pen is there, or was lifted there. */
  readonly over: (point: Point) => void;
  readonly drop: (point: Point) => void;
};

// A draft that publishes itself at a time is looked at only.
const isLocked = (handle: Element): boolean => handle.closest('fieldset:disabled') !== null;

const Handle = ({ start, end, over, drop }: HandleProps) => {
  const { t } = useWriting();
  const touch = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType === 'mouse' || isLocked(event.currentTarget)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start();
  };
  const byHand = (follow: (point: Point) => void) => (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType !== 'mouse') follow(event);
  };
  const begin = (event: DragEvent<HTMLElement>): void => {
    if (isLocked(event.currentTarget)) return event.preventDefault();
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', ' ');
    const row = event.currentTarget.closest('[data-rule]');
    if (row !== null) event.dataTransfer.setDragImage(row, 0, 0);
    start();
  };
  return (
    <span
      draggable
      aria-hidden="true"
      title={t('rules.drag')}
      style={{
        ...{ cursor: 'grab', padding: '0 4px', color: 'var(--p-color-icon-secondary)' },
        // A finger on it moves the rule, not the page.
        ...{ userSelect: 'none', touchAction: 'none' },
      }}
      onPointerDown={touch}
      onPointerMove={byHand(over)}
      onPointerUp={byHand(drop)}
      onPointerCancel={byHand(end)}
      onDragStart={begin}
      onDragEnd={end}
    >
      ⠿
    </span>
  );
};
