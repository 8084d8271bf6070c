import { describe, expect, test } from 'vitest';
import type { RedemptionId } from '~/core/values/ids';
import type { Partner } from '~/platforms/partner';

/** A partner with a ticket for 7.50 EUR that can be had three times, and a day at the spa that is sold out. */
export type OpenedPartner = {
  readonly partner: Partner;
  /** The id of a redemption that nothing was ordered for. */
  readonly newReference: () => Promise<RedemptionId>;
  /** How many orders the partner has. */
  readonly orders: () => Promise<number>;
};

/** What every partner keeps, whichever way it is spoken with. `open` gives a fresh one. */
export const partnerKeepsTheContract = (name: string, open: () => Promise<OpenedPartner>): void => {
  const order = (reference: RedemptionId, itemId = 'ticket') => ({ reference, itemId, email: null });

  describe(`the contract of partners: ${name}`, () => {
    test('the catalogue has every item, with its name and what it costs', async () => {
      const { partner } = await open();
      const catalogue = await partner.catalogue();
      expect(catalogue).toEqual({
        ok: true,
        value: [
          { itemId: 'ticket', name: 'Cinema ticket', cost: { amountMinor: 750, currency: 'EUR' } },
          { itemId: 'spa', name: 'Day at the spa', cost: { amountMinor: 3000, currency: 'EUR' } },
        ],
      });
    });

    test('a quote says what an item costs and whether it can be had; of an item that is not there, nothing', async () => {
      const { partner } = await open();
      const cost = { amountMinor: 750, currency: 'EUR' };
      expect(await partner.quote('ticket')).toEqual({ ok: true, value: { cost, available: true, needsEmail: false } });
      expect(await partner.quote('spa')).toMatchObject({ ok: true, value: { available: false } });
      expect(await partner.quote('zoo')).toEqual({ ok: true, value: null });
      expect(await partner.quote('../orders')).toEqual({ ok: true, value: null });
    });

    test('an order is found again by its reference, and one that nobody placed is unknown', async () => {
      const { partner, newReference, orders } = await open();
      const reference = await newReference();
      expect(await partner.status(reference)).toEqual({ ok: true, value: { kind: 'unknown' } });
      expect(await partner.place(order(reference))).toEqual({ ok: true, value: null });
      const status = await partner.status(reference);
      expect(status).toMatchObject({ ok: true, value: { kind: 'delivered' } });
      expect(status.ok && status.value.kind === 'delivered' && status.value.code).toMatch(/^CODE-/);
      expect(await orders()).toBe(1);
      expect(await partner.status(await newReference())).toEqual({ ok: true, value: { kind: 'unknown' } });
    });

    test('placed again, also at the same time, it is the same order with the same code', async () => {
      const { partner, newReference, orders } = await open();
      const reference = await newReference();
      const placed = await Promise.all(Array.from({ length: 4 }, () => partner.place(order(reference))));
      expect(placed.filter(({ ok }) => ok)).toHaveLength(4);
      const before = await partner.status(reference);
      expect(await partner.place(order(reference))).toEqual({ ok: true, value: null });
      expect(await partner.status(reference)).toEqual(before);
      expect(await orders()).toBe(1);
    });

    test('orders with two references are two, with a code each', async () => {
      const { partner, newReference, orders } = await open();
      const references = [await newReference(), await newReference()];
      for (const reference of references) await partner.place(order(reference));
      const codes = await Promise.all(references.map((reference) => partner.status(reference)));
      expect(new Set(codes.map((status) => JSON.stringify(status))).size).toBe(2);
      expect(await orders()).toBe(2);
    });

    test('what cannot be had is refused with words, and nothing is ordered', async () => {
      const { partner, newReference, orders } = await open();
      const reference = await newReference();
      for (const itemId of ['spa', 'zoo'])
        expect(await partner.place(order(reference, itemId))).toEqual({
          ok: false,
          error: { kind: 'refused', reasons: [expect.stringMatching(/\w/)] },
        });
      const status = await partner.status(reference);
      expect(['unknown', 'refused']).toContain(status.ok ? status.value.kind : 'away');
      expect(await orders()).toBe(0);
    });
  });
};
