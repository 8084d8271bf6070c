// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import type * as polaris from '@shopify/polaris';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Condition } from '~/core/earning/conditions/all';
import { codesMax, readCodeFile, type FileRefusal } from '~/core/rewards/codeFile';
import { newReward } from '~/core/rewards/section';
import { newTiers } from '~/core/tiers/newTiers';
import { UploadCard } from '~/features/codePools/components/UploadCard';
import { uploadRefusalTexts } from '~/i18n/codeFileWords';
import { EarnPage } from '~/ui/program/earn/EarnPage';
import { PoliciesPage } from '~/ui/program/policies/PoliciesPage';
import { ReviewPage } from '~/ui/program/review/ReviewPage';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { bonus, program } from 'test/support/builders';
import { openProgram, retype } from 'test/support/programPages';

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

afterEach(cleanup);

const setTo = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });
const says = (sentence: string): void => expect(screen.getByText(sentence)).toBeDefined();

/** The earning page with one bonus that holds under a condition, opened. */
const openBonus = async (condition: Condition, language: 'en' | 'it' | 'de'): Promise<void> => {
  const { user } = openProgram(<EarnPage />, {
    document: program({
      earning: { bonuses: [bonus({ id: 'coffee', times: 2, conditions: [condition] })] },
      tiers: newTiers('EUR'),
    }),
    language,
    all: true,
  });
  await user.click(screen.getByRole('button', { name: 'coffee' }));
};

describe('a bonus', () => {
  test.each([
    ['en', 'Last day', 'The last day lies before the first.', 'Choose a day.'],
    ['it', 'Ultimo giorno', 'L’ultimo giorno viene prima del primo.', 'Scegli un giorno.'],
    ['de', 'Letzter Tag', 'Der letzte Tag liegt vor dem ersten.', 'Wähle einen Tag.'],
  ] as const)('ends no earlier than it begins, and on some day (%s)', async (language, label, before, none) => {
    await openBonus({ kind: 'dates', from: '2026-07-10', to: '2026-07-20' }, language);
    setTo(label, '2026-07-09');
    says(before);
    setTo(label, '');
    says(none);
  });

  test.each([
    ['en', 'From', 'To', 'The two times must differ.', 'Choose a time.'],
    ['it', 'Da', 'A', 'Le due ore devono essere diverse.', 'Scegli un’ora.'],
    ['de', 'Von', 'Bis', 'Die beiden Uhrzeiten müssen verschieden sein.', 'Wähle eine Uhrzeit.'],
  ] as const)('holds for some time of the day (%s)', async (language, from, to, same, none) => {
    await openBonus({ kind: 'hours', from: '18:00', to: '20:00' }, language);
    setTo(to, '18:00');
    says(same);
    setTo(from, '');
    says(none);
  });

  test.each([
    ['en', 'Gold', 'Choose at least one tier.'],
    ['it', 'Oro', 'Scegli almeno un livello.'],
    ['de', 'Gold', 'Wähle mindestens eine Stufe.'],
  ] as const)('for tiers names one (%s)', async (language, gold, sentence) => {
    await openBonus({ kind: 'tier', tierIds: ['gold'] }, language);
    fireEvent.click(screen.getByRole('checkbox', { name: gold }));
    says(sentence);
  });
});

describe('points that all end with one day', () => {
  test.each([
    [
      ...(['en', 'Expiry', 'All on one day', 'Last day'] as const),
      'Points of 31 July 2026 could be spent for less than 30 days. Earliest: 30 August 2026.',
      'Choose a day.',
    ],
    [
      ...(['it', 'Scadenza', 'Tutti in un giorno', 'Ultimo giorno'] as const),
      'I punti del 31 luglio 2026 si potrebbero usare per meno di 30 giorni. Al più presto: 30 agosto 2026.',
      'Scegli un giorno.',
    ],
    [
      ...(['de', 'Verfall', 'Alle an einem Tag', 'Letzter Tag'] as const),
      'Punkte vom 31. Juli 2026 könnten weniger als 30 Tage lang ausgegeben werden. Frühestens: 30. August 2026.',
      'Wähle einen Tag.',
    ],
  ] as const)('live as long as the program promises (%s)', async (language, expiry, onDate, day, short, none) => {
    const season = { window: { from: '2026-02-01', to: '2026-07-31' }, holdDays: 0 };
    const document = program({ earning: season, policies: { minimumLifeDays: 30 } });
    const { user } = openProgram(<PoliciesPage />, { document, language });
    await user.selectOptions(screen.getByLabelText(expiry), onDate);
    expect(screen.queryByText(none), 'what is still to be chosen is not wrong yet').toBeNull();
    setTo(day, '2026-08-10');
    says(short);
    setTo(day, '');
    fireEvent.blur(screen.getByLabelText(day));
    says(none);
    expect(screen.queryByText(short)).toBeNull();
  });
});

test.each([
  ['en', 'Discount', 'At most 100%.'],
  ['it', 'Sconto', 'Al massimo 100%.'],
  ['de', 'Rabatt', 'Höchstens 100 %.'],
] as const)('no reward takes more than the whole cart off (%s)', async (language, label, sentence) => {
  const document = { ...program(), rewards: [newReward('percent_off', 'ten', 'EUR')] };
  const { user } = openProgram(<RewardPage id="ten" />, { document, language, all: true });
  await retype(user, screen.getByLabelText(label), '101');
  expect(screen.getByText((text) => text.replace(/\s/g, ' ') === sentence)).toBeDefined();
});

describe('a file of codes', () => {
  const refused = (refusal: FileRefusal, language: 'en' | 'it' | 'de'): void => {
    const problems = uploadRefusalTexts(language, refusal);
    openProgram(<UploadCard isBusy={false} problems={problems} added={null} send={() => undefined} />, { language });
  };

  test.each([
    ['en', 'Line 14: this code is in the pool already.'],
    ['it', 'Riga 14: questo codice è già nella raccolta.'],
    ['de', 'Zeile 14: Dieser Code ist schon im Bestand.'],
  ] as const)('names the line of a code that is there already (%s)', (language, sentence) => {
    refused({ kind: 'lines', problems: [{ line: 14, kind: 'in_pool' }], count: 1 }, language);
    says(sentence);
  });

  test.each([
    ['en', 'At most 100,000 codes per file.'],
    ['it', 'Al massimo 100.000 codici per file.'],
    ['de', 'Höchstens 100.000 Codes pro Datei.'],
  ] as const)('has no more than it may (%s)', (language, sentence) => {
    const read = readCodeFile(Array.from({ length: codesMax + 1 }, (_, at) => `C-${at}`).join('\n'), '2026-07-01');
    if (read.ok) throw new Error('the file was taken');
    refused(read.error, language);
    says(sentence);
  });
});

test.each([
  ['en', 'Day', 'Choose a time at least 5 minutes from now.'],
  ['it', 'Giorno', 'Scegli un’ora almeno 5 minuti da adesso.'],
  ['de', 'Tag', 'Wähle eine Zeit mindestens 5 Minuten ab jetzt.'],
] as const)('nothing is scheduled for a moment that is as good as over (%s)', (language, day, sentence) => {
  const published = program();
  const draft = {
    ...{ revision: 1, basedOn: 1, savedAt: 0, isOwn: true, scheduledFor: null, failure: null },
    document: { ...published, earning: { ...published.earning, holdDays: 3 } },
  };
  const answer = {
    ...{ intent: 'schedule' as const, refusal: 'too_soon' as const, issues: [], revision: null, version: null },
    ...{ schemaVersion: null, things: null, kept: [] },
  };
  const shop = { currency: 'EUR', today: '2026-07-01', medianYearMinor: null };
  openProgram(<ReviewPage shop={shop} effects={null} onPublished={() => undefined} />, {
    ...{ document: published, draft, answer, language },
  });
  setTo(day, '2026-07-01');
  says(sentence);
});
