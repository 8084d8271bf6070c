import { Banner, BlockStack, Modal } from '@shopify/polaris';
import { useState } from 'react';
import { readWhole } from '~/i18n/readNumber';
import { useWriting } from '../language';
import { UnsentBanner } from '../UnsentBanner';
import { useSend, AnsweredField, type DialogProps } from './dialog';

/** Corrects the balance, with a reason. */
export const AdjustDialog = ({ wish, refusal, ask, unsent, close }: DialogProps) => {
  const { t, language } = useWriting();
  const { busy, send } = useSend(wish);
  const [points, setPoints] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  // What staff was asked about; another number is another question.
  const [asked, setAsked] = useState('');
  const [tried, setTried] = useState(false);
  const read = readWhole(language, points);
  const pointsError = read.ok
    ? read.value === 0
      ? t('member.refused_not_points')
      : undefined
    : t(`read.${read.error}`, { text: points, count: 0 });
  const reasonError = reason.trim() === '' ? t('member.refused_no_reason') : undefined;
  const question = ask !== null && asked === points && !busy ? ask : null;
  const confirm = (): void => {
    setTried(true);
    if (pointsError !== undefined || reasonError !== undefined) return;
    setAsked(points);
    send({ intent: 'adjust', points, reason, note, ...(question === null ? {} : { confirmed: 'on' }) });
  };
  return (
    <Modal
      open
      onClose={close}
      title={t('member.adjust')}
      primaryAction={{
        content: t(question === null ? 'member.adjust_do' : 'member.adjust_confirm'),
        destructive: question !== null,
        loading: busy,
        onAction: confirm,
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          {question === null ? null : <Banner tone="warning">{question}</Banner>}
          <AnsweredField
            label={t('member.adjust_points')}
            help={t('member.adjust_points_help')}
            value={points}
            onChange={setPoints}
            error={pointsError}
            shown={tried}
            numeric
          />
          <AnsweredField
            label={t('member.reason')}
            help={t('member.reason_help')}
            value={reason}
            onChange={setReason}
            error={reasonError}
            shown={tried}
          />
          <AnsweredField
            label={t('member.note')}
            help={t('member.note_help')}
            value={note}
            onChange={setNote}
            error={undefined}
            shown={false}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};
