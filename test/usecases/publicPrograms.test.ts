import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from 'test/support/database';
import { publicPrograms } from 'test/support/publicPrograms';
import { openWorld, type World } from 'test/support/world';

describe.each(engines)('public programs, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  test.each(publicPrograms)('$name', async ({ document: documentOf, since, play, timeZone }) => {
    const document = documentOf();
    expect(document.timeZone).toBe(timeZone);
    const tenant = await world.tenant({ document, publishedAt: since });
    await play({ tenant, document });
    await tenant.audit();
  });
});
