import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'preact';
import { expect, vi } from 'vitest';
import { defaultDocument } from '../../app/core/program/defaults';
import { newReward } from '../../app/core/rewards/section';
import { programSummary } from '../../app/core/storefront/programSummary';
import { newTiers } from '../../app/core/tiers/newTiers';
import { perTongue } from '../../app/core/values/text';
import type { MemberSummary, ProgramSummary, Summary } from '../../extensions/shared/answers';
import { appUrl } from '../../extensions/shared/appUrl';
import { i18nOf, type TextTree } from '../devstore/extensions/host/i18n';

/** What every test of an extension needs: a program, a member, an app that answers so, and a page to look at. */

const base = defaultDocument('EUR', 'Europe/Rome');
const visit = { ...newReward('experience', 'visit', 'EUR'), enabled: true, points: 30 };
const chosen = { ...newReward('chosen_amount_off', 'as-you-like', 'EUR'), enabled: true };
const offered = [
  ...base.rewards.filter(({ kind }) => kind !== 'chosen_amount_off'),
  chosen,
  { ...visit, question: perTongue(() => 'How many?') },
];
export const program: ProgramSummary = programSummary({ ...base, tiers: newTiers('EUR'), rewards: offered }, 1, 'EUR');

export const member: MemberSummary = {
  ...{ v: 1, available: 250, pending: 40, debt: 0, returning: null, codes: [] },
  expiring: { points: 30, on: '2027-01-31' },
  tier: {
    ...{ id: null, kept_until: null, keep: null },
    next: { id: 'silver', missing: 8_000, unit: 'spend', by: null, until: null, done_percent: 73 },
  },
};
export const summary: Summary = { program, member };
export const rewards = program.rewards.map(({ id, name, min_points: points }) => ({
  ...{ id, name: name.en, points, refused: null as { kind: string; reason: string } | null },
}));

export const code = {
  ...{ redemption_id: '7e6f2b0a-0000-4000-8000-000000000001', reward_id: 'five-off', code: 'FID-AAAA-BBBB' },
  ...{ points: 100, amount_minor: 500, ends_at: '2027-02-28T22:59:59.999Z', last_day: '2027-02-28' },
};
const balance = { ...member, codes: undefined, tier: undefined };
/** What the app says when a code was made, or given back. */
export const redeemed = (more: object = {}) => ({
  redemption: { id: code.redemption_id, state: 'issued', code: code.code },
  given: null,
  balance: { ...balance, available: 150 },
  codes: [code],
  ...more,
});
export const cancelled = { balance, codes: [], returning: 'Your points are back by 18:30.' };
export const quote = { points: 89, certainty: 'at_least' };

/** A token as Shopify's page of a shop hands it out; null: a guest's. */
export const tokenOf = (customer: string | null, dest?: string): string => {
  const claims = { dest, ...(customer === null ? {} : { sub: `gid://shopify/Customer/${customer}` }) };
  return ['{}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
};

export const answer = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });
export const problem = (status: number, kind: string, detail = `It is ${kind}.`): Response =>
  answer({ type: `urn:fidelio:problem:${kind}`, status, detail }, status);
export const lost = (): Promise<never> => Promise.reject(new TypeError('the connection broke'));

export type Asked = {
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly body: Record<string, unknown> | null;
  readonly authorization: string | null;
};
type Answer = (asked: Asked) => unknown;

/** An app that answers by path: a value as JSON, or a response as it is. What was asked is kept. */
export const appAnswering = (answers: Readonly<Record<string, Answer>>) => {
  const asked: Asked[] = [];
  const fetch = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(address));
    expect(url.origin).toBe(appUrl);
    const path = url.pathname.replace('/api/extension/', '');
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : null;
    const authorization = new Headers(init.headers).get('authorization');
    const question = { path, parameters: url.searchParams, body, authorization };
    asked.push(question);
    const given = await answers[path]?.(question);
    if (given === undefined) throw new Error(`The test has no answer for ${path}.`);
    return given instanceof Response ? given : answer(given);
  };
  return { fetch, asked, of: (path: string): readonly Asked[] => asked.filter((one) => one.path === path) };
};

/** The extension's own texts and formats in a language. */
export const speaking = (extension: string, locale: string) => {
  const file = join(
    process.cwd(),
    'extensions',
    extension,
    'locales',
    `${locale === 'en' ? 'en.default' : locale}.json`,
  );
  return i18nOf(locale, JSON.parse(readFileSync(file, 'utf8')) as TextTree);
};

/** What can be read on the page: texts, and what components say by attributes. */
export const shown = (): string =>
  [...document.body.querySelectorAll('*')]
    .flatMap((element) => [
      ...['heading', 'subheading', 'label', 'error'].map((name) => element.getAttribute(name) ?? ''),
      element.children.length === 0 ? element.textContent : '',
    ])
    .filter((text) => text !== '')
    .join('\n');

export const sees = (text: string | RegExp): Promise<void> =>
  vi.waitFor(() => (typeof text === 'string' ? expect(shown()).toContain(text) : expect(shown()).toMatch(text)), {
    timeout: 5000,
  });

/** The button that says so, by its name for screen readers if it has one. */
export const button = (name: string | RegExp): HTMLElement | undefined =>
  [...document.body.querySelectorAll<HTMLElement>('s-button,s-tile,s-clickable')].find((one) => {
    const said = one.getAttribute('accessibilitylabel') ?? one.getAttribute('heading') ?? one.textContent;
    return typeof name === 'string' ? said === name : name.test(said);
  });
export const press = async (name: string | RegExp): Promise<void> => {
  await vi.waitFor(() => expect(button(name)?.hasAttribute('disabled')).toBe(false));
  button(name)?.click();
};
export const type = (tag: string, text: string): void => {
  const field = document.body.querySelector(tag) as (HTMLElement & { value: string }) | null;
  if (field === null) throw new Error(`There is no ${tag}.`);
  field.value = text;
  field.dispatchEvent(new Event('input'));
};

/** Takes the page down by Preact itself, so that the next one does not find its remains. */
export const close = (extension: { tearDown(): void }): void => {
  render(null, document.body);
  extension.tearDown();
};
