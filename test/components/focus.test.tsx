// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import type * as polaris from '@shopify/polaris';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EarnPage } from '~/ui/program/earn/EarnPage';
import { useFocusBack } from '~/ui/useFocusBack';
import { bonus, program } from 'test/support/builders';
import { openProgram } from 'test/support/programPages';

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

afterEach(cleanup);

const focused = () => document.activeElement;
const soon = () => act(() => new Promise((done) => setTimeout(done, 50)));

describe('what closes gives the focus back', () => {
  /** A page with what is drawn at its end, as Polaris draws menus and dialogs. */
  const Page = () => {
    const [open, setOpen] = useState(false);
    const [row, setRow] = useState(true);
    useFocusBack(false);
    return (
      <main tabIndex={-1}>
        {row ? <button onClick={() => setOpen(true)}>open</button> : null}
        <div id="PolarisPortalsContainer" ref={(place) => setPlace(place)} />
        {open && place !== null
          ? createPortal(
              <div>
                <button onClick={() => setOpen(false)}>close</button>
                <button onClick={() => (setOpen(false), setRow(false))}>delete</button>
              </div>,
              place,
            )
          : null}
      </main>
    );
  };
  let place: HTMLElement | null = null;
  const setPlace = (found: HTMLElement | null): void => void (place = found);
  const press = (name: string): void =>
    act(() => {
      screen.getByRole('button', { name }).focus();
      screen.getByRole('button', { name }).click();
    });

  test('to what it was opened from', async () => {
    render(<Page />);
    press('open');
    press('close');
    await soon();
    expect(focused()).toBe(screen.getByRole('button', { name: 'open' }));
  });
  test('to the page, when that is gone', async () => {
    render(<Page />);
    press('open');
    press('delete');
    await soon();
    expect(focused()).toBe(screen.getByRole('main'));
  });
});

describe('who uses the keyboard goes on from where it was', () => {
  type Row = { readonly name: string; readonly isGone?: boolean; readonly isOff?: boolean };
  type Change = (rows: readonly Row[]) => void;
  let change: Change = () => undefined;
  const first: readonly Row[] = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
  /** A list in a card of a page; `busy`: an answer is on its way. */
  const Page = ({ busy = false }: { readonly busy?: boolean }) => {
    const [rows, setRows] = useState(first);
    useFocusBack(busy);
    change = setRows;
    return (
      <main tabIndex={-1}>
        <a href="#top">top</a>
        <section>
          {rows.map(({ name, isOff = false }) => (
            <p key={name}>
              <input aria-label={name} disabled={isOff} />
            </p>
          ))}
        </section>
        <button>last</button>
      </main>
    );
  };
  const nameOf = (): string | null | undefined => focused()?.getAttribute('aria-label') ?? focused()?.textContent;
  const at = async (name: string, by: 'keyboard' | 'pointer' = 'keyboard'): Promise<void> => {
    act(() => screen.getByLabelText(name).focus());
    document.dispatchEvent(new Event(by === 'keyboard' ? 'keydown' : 'pointerdown'));
    await soon();
  };
  const becomes = async (rows: readonly Row[]): Promise<void> => {
    act(() => change(rows));
    await soon();
  };

  test.each([
    ['what follows', 'two', [{ name: 'one' }, { name: 'three' }], 'three'],
    ['what comes before, in the same part', 'three', [{ name: 'one' }, { name: 'two' }], 'two'],
    ['what took its place', 'two', [{ name: 'one' }, { name: 'new' }, { name: 'three' }], 'new'],
    ['the nearest of the page, when the part is empty', 'two', [], 'last'],
    ['what can be used, when it cannot any more', 'two', [{ name: 'two', isOff: true }, { name: 'three' }], 'three'],
  ] as const)('with %s', async (_, from, rows, to) => {
    render(<Page />);
    await at(from);
    await becomes(rows);
    expect(nameOf()).toBe(to);
  });
  test('with itself, when it can be used again after an answer', async () => {
    const { rerender } = render(<Page busy />);
    await at('two');
    await becomes([{ name: 'two', isOff: true }, { name: 'three' }]);
    act(() => (focused() as HTMLElement).blur());
    await becomes([{ name: 'two' }, { name: 'three' }]);
    expect(nameOf()).toBe('two');
    await becomes([{ name: 'two', isOff: true }, { name: 'three' }]);
    rerender(<Page busy={false} />);
    await soon();
    expect(nameOf()).toBe('three');
  });
  test('but who points finds no field with the focus, and nobody who writes elsewhere loses it', async () => {
    render(<Page />);
    await at('two', 'pointer');
    await becomes([{ name: 'one' }, { name: 'three' }]);
    expect(focused()).toBe(screen.getByRole('main'));
    await at('three');
    window.dispatchEvent(new Event('blur'));
    await becomes([{ name: 'one' }]);
    expect(focused()).toBe(document.body);
  });
});

describe('rules of the program, by keyboard', () => {
  const two = program({ earning: { bonuses: [bonus({ id: 'roma' }), bonus({ id: 'bari' })] } });
  const menu = async (user: ReturnType<typeof openProgram>['user'], item: string) => {
    await user.click(screen.getByRole('button', { name: 'Actions for “roma”' }));
    await user.click(screen.getByRole('menuitem', { name: item }));
  };

  test('what is added has the focus', async () => {
    const { user } = openProgram(<EarnPage />);
    await user.click(screen.getByRole('button', { name: 'Add a bonus' }));
    expect(focused()).toBe(screen.getByRole('button', { name: 'Bonus', expanded: true }));
  });
  test('what is copied has the focus', async () => {
    const { user } = openProgram(<EarnPage />, { document: two });
    await menu(user, 'Copy');
    expect(focused()).toBe(screen.getByRole('button', { name: 'roma (copy)', expanded: true }));
  });
  test('after a deletion the focus is on the way back, and then on what came back', async () => {
    const { user } = openProgram(<EarnPage />, { document: two });
    await menu(user, 'Delete');
    expect(focused()).toBe(screen.getByRole('button', { name: 'Undo' }));
    await user.keyboard('{Enter}');
    expect(focused()).toBe(screen.getByRole('button', { name: 'roma' }));
  });
  test('after a condition is taken out the focus goes on with what follows', async () => {
    const conditions = [{ kind: 'order_number' as const, numbers: [1] }];
    const weekend = bonus({ id: 'roma', conditions });
    const { user } = openProgram(
      <main>
        <EarnPage />
      </main>,
      { document: program({ earning: { bonuses: [weekend] } }) },
    );
    await user.click(screen.getByRole('button', { name: 'roma' }));
    await user.click(screen.getByRole('button', { name: /^Remove condition / }));
    await soon();
    expect(focused()).toBe(screen.getByRole('button', { name: 'Add a condition' }));
  });
});
