import { Form, useNavigation } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, Checkbox, DataTable, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { formatNumber } from '~/i18n/catalog';
import type { ImportBatch, ProblemLine } from '~/views/importsPage';
import { useWriting } from './language';

type Props = {
  readonly file: ImportBatch;
  readonly problems: readonly ProblemLine[];
  readonly sameAs: ImportBatch | null;
  readonly refusal: string | null;
};

/** What a file would do, before it does anything: sums, people the shop does not know, and every line that is wrong. */
export const ImportReview = ({ file, problems, sameAs, refusal }: Props) => {
  const { t, points, date, language } = useWriting();
  const busy = useNavigation().state !== 'idle';
  const [leaveOut, setLeaveOut] = useState(false);
  const [withGuests, setWithGuests] = useState(true);
  const wanted = file.good - (withGuests ? 0 : file.unknown);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('imports.review', { name: file.fileName })}
        </Text>
        {refusal === null ? null : <Banner tone="critical">{refusal}</Banner>}
        {sameAs === null ? null : <Banner tone="warning">{t('imports.same_file', { date: date(sameAs.createdAt) })}</Banner>}
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
          <Figure label={t('imports.lines_good')} value={formatNumber(language, file.good)} />
          <Figure label={t('imports.lines_bad')} value={formatNumber(language, file.bad)} />
          <Figure label={t('imports.sum')} value={points(file.points)} />
        </InlineGrid>
        {problems.length === 0 ? null : <Problems problems={problems} all={file.bad} />}
        <Form method="post">
          <input type="hidden" name="id" value={file.id} />
          <BlockStack gap="300">
            {file.bad === 0 ? null : (
              <Checkbox name="leaveOut" value="on" label={t('imports.leave_out', { count: file.bad })} checked={leaveOut} onChange={setLeaveOut} />
            )}
            {file.unknown === 0 ? null : (
              <Checkbox
                name="withGuests"
                value="on"
                label={t('imports.with_guests', { count: file.unknown })}
                helpText={t('imports.with_guests_help')}
                checked={withGuests}
                onChange={setWithGuests}
              />
            )}
            {file.unknown === 0 ? <input type="hidden" name="withGuests" value="on" /> : null}
            <InlineStack gap="200" align="end">
              <button type="submit" name="intent" value="discard" hidden id="discard-import" />
              <Button loading={busy} onClick={() => document.getElementById('discard-import')?.click()}>
                {t('imports.discard')}
              </Button>
              <button type="submit" name="intent" value="agree" hidden id="agree-import" />
              <Button
                variant="primary"
                loading={busy}
                disabled={wanted === 0 || (file.bad > 0 && !leaveOut)}
                onClick={() => document.getElementById('agree-import')?.click()}
              >
                {t('imports.agree', { count: wanted })}
              </Button>
            </InlineStack>
          </BlockStack>
        </Form>
      </BlockStack>
    </Card>
  );
};

const Figure = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <BlockStack gap="050">
    <Text as="span" tone="subdued" variant="bodySm">
      {label}
    </Text>
    <Text as="span" variant="headingMd" numeric>
      {value}
    </Text>
  </BlockStack>
);

const Problems = ({ problems, all }: { readonly problems: readonly ProblemLine[]; readonly all: number }) => {
  const { t } = useWriting();
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('imports.problems')}
      </Text>
      <DataTable
        columnContentTypes={['numeric', 'text']}
        headings={[t('imports.line'), t('imports.problem')]}
        rows={problems.map(({ line, problem }) => [line, t(`imports.problem_${problem.kind}`, { found: problem.found })])}
      />
      {all > problems.length ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('imports.more_problems', { count: all - problems.length })}
        </Text>
      ) : null}
    </BlockStack>
  );
};
