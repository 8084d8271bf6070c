import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registrationFrom } from 'test/devstore/process/registration';

const routeOf = (uri: string): string => join('app', 'routes', `${uri.slice(1).replaceAll('/', '.')}.tsx`);

/** What shopify.app.toml subscribes to and what the routes answer must agree, and each route is named in a comment. */
export const checkToml = (): readonly string[] => {
  const text = readFileSync('shopify.app.toml', 'utf8');
  const { webhooks, proxy } = registrationFrom({ apiKey: '', apiSecret: '', appUrl: '' });
  const uris = [...new Set(webhooks.map(({ uri }) => uri))];
  const problems = uris.flatMap((uri) => {
    const route = routeOf(uri);
    const missing = existsSync(route) ? [] : [`${uri} has no route ${route}`];
    return text.includes(`# ${route}`) ? missing : [...missing, `shopify.app.toml does not name ${route} in a comment`];
  });
  const answered = readdirSync(join('app', 'routes')).filter((file) => file.startsWith('webhooks.'));
  for (const file of answered)
    if (!uris.some((uri) => routeOf(uri).endsWith(file))) problems.push(`no subscription leads to ${file}`);
  if (!readdirSync(join('app', 'routes')).some((file) => file.startsWith(`${proxy.url.slice(1)}.`)))
    problems.push('the app proxy has no route');
  return problems;
};
