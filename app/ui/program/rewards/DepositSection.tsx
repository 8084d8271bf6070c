import { BlockStack, Link, List, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { depositOf, prizesOf, type Deposit, type PrizeValue } from '~/core/program/deposit';
import type { ProgramDocument } from '~/core/program/document';
import { useWriting } from '../../language';
import { AskAgain } from '../AskAgain';
import { DecimalField, FieldGrid } from '../fields';
import { readSold, type ReadSold } from '../readSold';
import { Section } from '../Section';

const perPercent = 100;
/** Italy's ordinary rate; the merchant changes it where prizes have another one. */
const usualVat = 2_200;
/** So many variants the server names at once. */
const askedAtOnce = 20;

type Props = { readonly document: ProgramDocument; readonly read?: ReadSold };

/**
 * What a merchant in Italy deposits for a collection of points before it begins, with its arithmetic. Nothing for any
 * other program.
 */
export const DepositSection = ({ document, read = readSold }: Props) => {
  const { t } = useWriting();
  const [vat, setVat] = useState<number | null>(usualVat);
  const prizes = prizesOf(document);
  const { prices, askAgain } = usePrices([...new Set(prizes.flatMap(({ variantIds }) => variantIds))], read);
  if (prizes.length === 0) return null;
  const isRate = vat !== null && vat >= 0 && vat <= perPercent * perPercent;
  return (
    <Section title={t('deposit.title')} help={t('deposit.help')}>
      <FieldGrid>
        <DecimalField
          label={t('deposit.vat')}
          help={t('deposit.vat_help')}
          value={vat}
          sign="%"
          per={perPercent}
          optional={false}
          onChange={setVat}
          error={isRate ? undefined : t('deposit.vat_wrong')}
        />
      </FieldGrid>
      {askAgain === null ? null : <AskAgain words={t('deposit.away')} ask={askAgain} />}
      {prices === null || !isRate ? null : <Arithmetic {...depositOf(prizes, prices, vat)} />}
    </Section>
  );
};

const Arithmetic = ({ prizes, netMinor, depositMinor }: Deposit) => {
  const { t, money } = useWriting();
  const hasChoice = prizes.some(({ reward }) => reward.variantIds.length > 1);
  return (
    <BlockStack gap="200">
      <List>
        {prizes.map((prize) => (
          <List.Item key={prize.reward.id}>
            <Prize {...prize} />
          </List.Item>
        ))}
      </List>
      {hasChoice ? (
        <Text as="p" tone="subdued">
          {t('deposit.dearest')}
        </Text>
      ) : null}
      {netMinor === null || depositMinor === null ? null : (
        <Text as="p" fontWeight="semibold">
          {t('deposit.total', { total: money(netMinor), deposit: money(depositMinor) })}
        </Text>
      )}
    </BlockStack>
  );
};

const Prize = ({ reward, count, priceMinor, valueMinor }: PrizeValue) => {
  const { t, money, language } = useWriting();
  const name = reward.name[language];
  if (priceMinor === null) return t('deposit.unpriced', { name });
  if (count === null || valueMinor === null)
    return (
      <>
        {t('deposit.unlimited', { name })}{' '}
        <Link url={`/app/program/rewards/${reward.id}`}>{t('deposit.set_limit')}</Link>
      </>
    );
  return t('deposit.prize', { name, count, price: money(priceMinor), value: money(valueMinor) });
};

/** What the shop asks for variants, by their ids; null while it has not answered. */
const usePrices = (ids: readonly string[], read: ReadSold) => {
  const [prices, setPrices] = useState<ReadonlyMap<string, number> | null>(null);
  const [isAway, setAway] = useState(false);
  const key = ids.join(',');
  useEffect(() => {
    if (key === '' || isAway) return;
    let isStale = false;
    const wanted = key.split(',');
    const groups = Array.from({ length: Math.ceil(wanted.length / askedAtOnce) }, (_, at) =>
      wanted.slice(at * askedAtOnce, (at + 1) * askedAtOnce),
    );
    Promise.all(groups.map(read)).then(
      (found) => {
        if (!isStale) setPrices(new Map(found.flat().map(({ variantId, priceMinor }) => [variantId, priceMinor])));
      },
      () => {
        if (!isStale) setAway(true);
      },
    );
    return () => {
      isStale = true;
    };
  }, [key, isAway, read]);
  return { prices, askAgain: isAway ? () => setAway(false) : null };
};
