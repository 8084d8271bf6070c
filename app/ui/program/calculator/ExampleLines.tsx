import { BlockStack, Button, InlineError, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import { exampleQuantityMax, type ExampleLine } from '~/core/program/example';
import { MoneyField, NumberField } from '../../fields';
import { useWriting } from '../../language';
import { useHydrated } from '../../useHydrated';
import { readSold, type ReadSold } from '../readSold';
import { Removable } from '../Removable';
import { canPick, pickThings } from '../shopPicker';

const linesMax = 20;

type Props = {
  /** None: the order is a plain amount. */
  readonly lines: readonly ExampleLine[];
  readonly change: (lines: readonly ExampleLine[]) => void;
  readonly read?: ReadSold;
};

/** The lines of the order, chosen in the shop's own list; where there is no such list there are none. */
export const ExampleLines = ({ lines, change, read = readSold }: Props) => {
  const { t, currency } = useWriting();
  const hydrated = useHydrated();
  const { choose, problem, isBusy } = useChoosing(lines, change, read);
  const name = useId();
  if (hydrated && !canPick()) return null;
  return (
    <BlockStack gap="300">
      {lines.map((line, index) => {
        const put = (part: Partial<ExampleLine>): void =>
          change(lines.map((one, at) => (at === index ? { ...one, ...part } : one)));
        return (
          <Removable
            key={line.variantId}
            label={t('program.remove_line', { name: line.title })}
            remove={() => change(lines.filter((one) => one !== line))}
          >
            <Text as="p" breakWord>
              {line.title}
            </Text>
            <InlineGrid columns={2} gap="200">
              <NumberField
                label={t('calculator.quantity')}
                value={line.quantity}
                onChange={(quantity) => put({ quantity })}
                error={isQuantity(line.quantity) ? undefined : t('calculator.too_many', { most: exampleQuantityMax })}
              />
              <MoneyField
                label={t('calculator.price')}
                minor={line.priceMinor}
                currency={currency}
                onChange={(minor) => put({ priceMinor: minor ?? Number.NaN })}
                error={line.priceMinor < 0 ? t('calculator.negative') : undefined}
              />
            </InlineGrid>
          </Removable>
        );
      })}
      <InlineStack>
        <Button onClick={() => void choose()} loading={isBusy}>
          {t(lines.length === 0 ? 'calculator.choose' : 'calculator.change')}
        </Button>
      </InlineStack>
      {problem === null ? null : <InlineError message={t(problem)} fieldID={name} />}
    </BlockStack>
  );
};

const isQuantity = (quantity: number): boolean => quantity >= 1 && quantity <= exampleQuantityMax;

const useChoosing = (lines: Props['lines'], change: Props['change'], read: ReadSold) => {
  const [problem, setProblem] = useState<'shop.not_opened' | 'calculator.not_read' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const choose = async (): Promise<void> => {
    setProblem(null);
    const before = lines.flatMap(({ variantId }) => variantId ?? []);
    const chosen = await pickThings('variant', before, linesMax).catch(() => undefined);
    if (chosen === undefined) return setProblem('shop.not_opened');
    if (chosen === null) return;
    const added = chosen.filter(({ id }) => !before.includes(id));
    setBusy(true);
    const sold = await (added.length === 0 ? Promise.resolve([]) : read(added.map(({ id }) => id))).catch(() => null);
    setBusy(false);
    if (sold === null) return setProblem('calculator.not_read');
    change(
      chosen.flatMap(({ id, title }): readonly ExampleLine[] => {
        const kept = lines.find(({ variantId }) => variantId === id);
        const found = sold.find(({ variantId }) => variantId === id);
        return kept !== undefined ? [kept] : found === undefined ? [] : [{ ...found, title, quantity: 1 }];
      }),
    );
  };
  return { choose, problem, isBusy };
};
