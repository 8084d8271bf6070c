import { expect, test } from 'vitest';
import { programDocumentSchema } from '~/core/program/document';
import { restingAt } from '~/core/program/resting';
import { instant } from '~/core/values/instant';
import { program } from 'test/support/builders';

// 31 August ends in Rome at 22:00 UTC.
const [lastMinute, after] = ['2026-08-31T21:59:00Z', '2026-08-31T22:00:00Z'].map((text) => instant(Date.parse(text)));
if (lastMinute === undefined || after === undefined) throw new Error('two moments');

const programWith = (earning: object, redeeming: object = {}) =>
  programDocumentSchema.parse({
    ...program(),
    timeZone: 'Europe/Rome',
    earning: { ...program().earning, ...earning },
    redeeming: { paused: false, lastDay: null, ...redeeming },
  });
const summer = { window: { from: '2026-06-01', to: '2026-08-31' } };

test.each([
  ['nothing, as long as both go on', programWith({}), after, []],
  ['nothing on the last day itself', programWith(summer, { lastDay: '2026-08-31' }), lastMinute, []],
  [
    'both after it',
    programWith(summer, { lastDay: '2026-08-31' }),
    after,
    [
      { of: 'earning', lastDay: '2026-08-31' },
      { of: 'redeeming', lastDay: '2026-08-31' },
    ],
  ],
  [
    'what is paused, whatever its days',
    programWith({ ...summer, paused: true }),
    after,
    [{ of: 'earning', lastDay: null }],
  ],
  ['rewards that are paused', programWith({}, { paused: true }), after, [{ of: 'redeeming', lastDay: null }]],
  ['nothing that is still to begin', programWith({ window: { from: '2026-12-01', to: null } }), after, []],
] as const)('%s', (_name, document, now, resting) => {
  expect(restingAt(document, now)).toEqual(resting);
});
