import { Form, useNavigation } from '@remix-run/react';
import { BlockStack, Button, Checkbox, InlineStack, RadioButton, Text } from '@shopify/polaris';
import { useState } from 'react';
import { canReset, linesLeftOut, linesWanted } from '~/features/pointFiles/core/reading';
import type { ImportBatch } from '~/features/pointFiles/views/importsPage';
import { useWriting } from '~/ui/language';

type Mode = ImportBatch['mode'];

/** What the merchant wants of a file: add or set, debts, guests, lines that are left out; nothing happens before. */
export const ImportDecision = ({ file }: { readonly file: ImportBatch }) => {
  const { t, points } = useWriting();
  const busy = useNavigation().state !== 'idle';
  const [mode, setMode] = useState<Mode>('add');
  const [withDebts, setWithDebts] = useState(false);
  const [withGuests, setWithGuests] = useState(true);
  const [leaveOut, setLeaveOut] = useState(false);
  const leftOut = linesLeftOut(file, { withDebts });
  const wanted = linesWanted(file, { withGuests, withDebts, mode });
  const strangers = file.unknown + (withDebts ? file.unknownDebts : 0);
  return (
    <Form method="post">
      <input type="hidden" name="id" value={file.id} />
      <BlockStack gap="300">
        <ModeChoice file={file} mode={mode} onChange={setMode} />
        {file.debts === 0 ? null : (
          <Checkbox
            name="withDebts"
            value="on"
            label={t('imports.with_debts', { count: file.debts, points: points(file.debtPoints) })}
            helpText={t('imports.with_debts_help')}
            checked={withDebts}
            onChange={setWithDebts}
          />
        )}
        {leftOut === 0 ? null : (
          <Checkbox
            name="leaveOut"
            value="on"
            label={t('imports.leave_out', { count: leftOut })}
            checked={leaveOut}
            onChange={setLeaveOut}
          />
        )}
        {strangers === 0 ? (
          <input type="hidden" name="withGuests" value="on" />
        ) : (
          <Checkbox
            name="withGuests"
            value="on"
            label={t('imports.with_guests', { count: strangers })}
            helpText={t('imports.with_guests_help')}
            checked={withGuests}
            onChange={setWithGuests}
          />
        )}
        <InlineStack gap="200" align="end">
          <button type="submit" name="intent" value="discard" hidden id="discard-import" />
          <Button loading={busy} onClick={() => document.getElementById('discard-import')?.click()}>
            {t('imports.discard')}
          </Button>
          <button type="submit" name="intent" value="agree" hidden id="agree-import" />
          <Button
            variant="primary"
            loading={busy}
            disabled={wanted <= 0 || (leftOut > 0 && !leaveOut)}
            onClick={() => document.getElementById('agree-import')?.click()}
          >
            {t('imports.agree', { count: wanted })}
          </Button>
        </InlineStack>
      </BlockStack>
    </Form>
  );
};

type ChoiceProps = { readonly file: ImportBatch; readonly mode: Mode; readonly onChange: (mode: Mode) => void };

const ModeChoice = ({ file, mode, onChange }: ChoiceProps) => {
  const { t } = useWriting();
  const possible = canReset(file);
  return (
    <fieldset style={{ border: 'none', margin: 0, padding: 0 }}>
      <legend style={{ padding: 0, marginBlockEnd: '0.25rem' }}>
        <Text as="span" variant="headingSm">
          {t('imports.mode')}
        </Text>
      </legend>
      <BlockStack gap="100">
        <RadioButton
          id="import-add"
          name="mode"
          value="add"
          label={t('imports.mode_add')}
          checked={mode === 'add'}
          onChange={() => onChange('add')}
        />
        <RadioButton
          id="import-reset"
          name="mode"
          value="reset"
          label={t('imports.mode_reset')}
          helpText={t(possible ? 'imports.mode_reset_help' : 'imports.mode_reset_off')}
          disabled={!possible}
          checked={mode === 'reset'}
          onChange={() => onChange('reset')}
        />
      </BlockStack>
    </fieldset>
  );
};
