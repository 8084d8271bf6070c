import { Form, useNavigation } from '@remix-run/react';
import { Banner, BlockStack, Box, Button, InlineStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { firstDocument, type FirstRun } from '~/core/program/firstRun';
import type { Language, MessageKey } from '~/i18n/catalog';
import type { PointNames } from '~/i18n/format';
import { useWriting } from '../language';
import type { Unanswered } from '../sending';
import { UnsentBanner } from '../UnsentBanner';
import { useHydrated } from '../useHydrated';
import { ExampleStep } from './ExampleStep';
import { NamesStep } from './NamesStep';
import { TemplateStep } from './TemplateStep';
import { choicesForm, useKeeping } from './useKeeping';

type Props = {
  /** What was chosen before; null: nothing. */
  readonly kept: FirstRun | null;
  /** The local day, yyyy-mm-dd. */
  readonly today: string;
  readonly refusal: MessageKey | null;
  readonly unsent: Unanswered | null;
};

/** The first run up to publication: a template, the words for points, what an order earns. What is chosen is kept. */
export const StartPage = ({ kept, today, refusal, unsent }: Props) => {
  const { t, language, names, currency, timeZone } = useWriting();
  const [choices, setChoices] = useState<FirstRun>(() => choicesFrom(kept, language, names));
  useKeeping(choices);
  const busy = useNavigation().state !== 'idle';
  const hydrated = useHydrated();
  const { point, points } = choices;
  const shop = { currency, timeZone, today };
  // While a name is being written anew, the sentences go on with the one that it began with.
  const named = {
    ...choices,
    point: point.trim() || names.point[language],
    points: points.trim() || names.points[language],
  };
  const document = firstDocument(named, shop);
  return (
    <Page title={t('start.title')} subtitle={t('start.subtitle')}>
      <Form method="post">
        <BlockStack gap="400">
          <UnsentBanner unsent={unsent} />
          {refusal === null ? null : (
            <Banner
              tone={refusal === 'start.begun' ? 'warning' : 'critical'}
              {...(refusal === 'start.begun' ? { action: { content: t('nav.program'), url: '/app/program' } } : {})}
            >
              {t(refusal)}
            </Banner>
          )}
          <input type="hidden" name="language" value={language} />
          {choices.variantIds === undefined ? null : (
            <input type="hidden" name="variantIds" value={choicesForm(choices).variantIds} />
          )}
          <TemplateStep shop={shop} names={document.names} choices={choices} setChoices={setChoices} />
          <NamesStep
            point={point}
            points={points}
            setPoint={(name) => setChoices({ ...choices, point: name })}
            setPoints={(name) => setChoices({ ...choices, points: name })}
          />
          <ExampleStep document={document} today={today} />
          {/* On a phone cards go from edge to edge; a button does not. */}
          <Box paddingInline={{ xs: '400', sm: '0' }} paddingBlockEnd="400">
            <InlineStack align="end">
              <Button
                submit
                variant="primary"
                size="large"
                loading={busy}
                disabled={!hydrated || point.trim() === '' || points.trim() === ''}
              >
                {t('start.publish')}
              </Button>
            </InlineStack>
          </Box>
        </BlockStack>
      </Form>
    </Page>
  );
};

// Words that were kept in another language are not this one's.
const choicesFrom = (kept: FirstRun | null, language: Language, names: PointNames): FirstRun => ({
  template: kept?.template ?? 'simple',
  language,
  point: (kept?.language === language && kept.point) || names.point[language],
  points: (kept?.language === language && kept.points) || names.points[language],
  ...(kept?.variantIds === undefined ? {} : { variantIds: kept.variantIds }),
});
