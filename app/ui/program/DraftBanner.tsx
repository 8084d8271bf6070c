import { Banner, BlockStack, Text, type BannerHandles } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { diffOf } from '~/core/program/diff';
import { dayAndTime } from '~/i18n/format';
import { useWriting } from '../language';
import type { Place } from './places';
import type { ProgramContext } from './programContext';

type Props = { readonly context: ProgramContext; readonly place: Place };

/**
 * That there is a draft, how far it is from what is in force, when it publishes itself, or why it did not. What a press
 * makes of it is told by its toast; who planned it goes on from the banner that says when.
 */
export const DraftBanner = ({ context, place }: Props) => {
  const { t, dateTime, language } = useWriting();
  const { server, published, send, busy, answer } = context;
  const banner = useRef<BannerHandles>(null);
  const isPlanned = answer?.intent === 'schedule' && answer.refusal === null && server?.scheduledFor != null;
  useEffect(() => {
    if (isPlanned) banner.current?.focus();
  }, [isPlanned]);
  if (server === null) return null;
  const next = published.version + 1;
  if (server.scheduledFor !== null)
    return (
      <Banner
        ref={banner}
        tone="info"
        stopAnnouncements
        title={t('program.scheduled', {
          version: next,
          ...dayAndTime(language, server.scheduledFor, published.document.timeZone),
        })}
        action={{
          content: t('program.unschedule'),
          loading: busy,
          onAction: () => send({ intent: 'unschedule', revision: server.revision ?? 0 }),
        }}
      >
        <p>{t('program.scheduled_help')}</p>
      </Banner>
    );
  const count = diffOf(published.document, server.document).length;
  const failed = server.failure;
  if (place.isReview && failed === null) return null;
  return (
    <Banner
      tone={failed === null ? 'info' : 'warning'}
      stopAnnouncements={failed === null}
      title={t('program.draft', { count, version: published.version })}
      {...(place.isReview ? {} : { action: { content: t('program.review_and_publish'), url: '/app/program/review' } })}
    >
      <BlockStack gap="200">
        {failed === null ? null : <p>{t(`program.not_published_${failed.why}`, { at: dateTime(failed.at) })}</p>}
        <Text as="p" tone="subdued">
          {t(server.isOwn ? 'program.draft_own' : 'program.draft_other', { at: dateTime(server.savedAt) })}
        </Text>
      </BlockStack>
    </Banner>
  );
};
