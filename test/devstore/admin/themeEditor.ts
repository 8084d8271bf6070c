import express, { type Express } from 'express';
import { z } from 'zod';
import type { Devstore } from '../process/state';

const asked = z.object({
  template: z.string().regex(/^[a-z.]+$/),
  addAppBlockId: z.string().optional(),
  activateAppId: z.string().optional(),
});
const changed = z.object({ template: z.string(), handle: z.string(), act: z.enum(['add', 'remove']) });

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const row = ({ template, handle }: { template: string; handle: string }, act: 'add' | 'remove'): string =>
  `<form method="post"><input type="hidden" name="template" value="${escaped(template)}">
<input type="hidden" name="handle" value="${escaped(handle)}"><b>${escaped(handle)}</b> · ${escaped(template)}
<button name="act" value="${act}">${act === 'add' ? 'Save' : 'Remove'}</button></form>`;

/**
 * The theme editor, as far as the app leads into it: a link puts a block into a template, which is there once it is
 * saved; blocks can be taken out again.
 */
export const addThemeEditor = (app: Express, store: Devstore): void => {
  app.get('/admin/themes/current/editor', (request, response) => {
    const read = asked.safeParse(request.query);
    const { addAppBlockId, activateAppId } = read.success ? read.data : {};
    // What is switched on for the whole theme stands in its settings.
    const template = activateAppId === undefined && read.success ? read.data.template : 'settings';
    const wanted = activateAppId ?? addAppBlockId;
    const handle = wanted?.startsWith(`${store.app.apiKey}/`) ? wanted.split('/')[1] : undefined;
    const isNew = handle !== undefined && !store.themeBlocks.some((one) => one.handle === handle);
    response.set('cache-control', 'no-store').send(`<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Theme editor · ${store.shop.name}</title>
<style>body{font:14px/1.5 system-ui,sans-serif;margin:0;padding:40px;background:#f1f1f1}form{background:#fff;
padding:12px 16px;border-radius:8px;margin:8px 0;max-width:560px}button{float:right}</style>
<h1>Theme editor</h1>${isNew ? `<h2>New block</h2>${row({ template, handle }, 'add')}` : ''}<h2>Blocks of Fidelio</h2>
${store.themeBlocks.map((one) => row(one, 'remove')).join('') || '<p>None.</p>'}</html>`);
  });
  app.post('/admin/themes/current/editor', express.urlencoded({ extended: false }), (request, response) => {
    const { template, handle, act } = changed.parse(request.body);
    const others = store.themeBlocks.filter((one) => one.handle !== handle);
    store.themeBlocks.splice(0, store.themeBlocks.length, ...others);
    if (act === 'add') store.themeBlocks.push({ template, handle, disabled: false });
    response.redirect(303, '/admin/themes/current/editor');
  });
};
