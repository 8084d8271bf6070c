import { Divider, FormLayout, Select } from '@shopify/polaris';
import { useState, type ReactElement } from 'react';
import type { ConditionKind } from '~/core/earning/conditions/all';
import type { ProgramDocument } from '~/core/program/document';
import { plainLine, type Example, type ExampleLine } from '~/core/program/example';
import { ordinaryUnit } from '~/core/values/money';
import type { ProgramStore } from '~/views/programEditor';
import { MoneyField } from '../../fields';
import { useWriting } from '../../language';
import { MomentField, OptionalNumberField } from '../fields';
import type { ReadSold } from '../readSold';
import { Section } from '../Section';
import { ExampleLines } from './ExampleLines';
import { Outcome } from './Outcome';

const exampleUnits = 50;

type Props = {
  readonly published: ProgramDocument;
  /** null while something is wrong with it. */
  readonly draft: ProgramDocument | null;
  /** There is a draft at all. */
  readonly isDraft: boolean;
  readonly stores: readonly ProgramStore[];
  /** The store whose admin this is, by its id. */
  readonly here: string;
  readonly readSold?: ReadSold;
};

/** What an order earns, by the draft and by what is in force: in the browser, by the same rules as every real order. */
export const Calculator = ({ published, draft, isDraft, stores, here, readSold }: Props) => {
  const { t, currency, timeZone } = useWriting();
  const [today] = useState(() => new Date());
  const [amount, setAmount] = useState<number | null>(exampleUnits * ordinaryUnit(currency));
  const [lines, setLines] = useState<readonly ExampleLine[]>([]);
  const [day, setDay] = useState(() => new Intl.DateTimeFormat('sv', { timeZone }).format(today));
  const [time, setTime] = useState('12:00');
  const [buyer, setBuyer] = useState<Buyer>({ tier: null, segment: null, orderNumber: 1, storeId: here });
  const documents = [published, ...(draft === null ? [] : [draft])];
  const change = (part: Partial<Buyer>): void => setBuyer({ ...buyer, ...part });
  const buyerFields = useBuyerFields({ documents, stores, buyer, change });
  const example: Example = {
    ...buyer,
    lines: lines.length === 0 ? [plainLine(amount ?? Number.NaN)] : lines,
    currency,
    day,
    time,
    zone: timeZone,
  };
  return (
    <Section title={t('calculator.title')} help={t('calculator.help')}>
      <FormLayout>
        {lines.length > 0 ? null : (
          <MoneyField
            label={t('calculator.amount')}
            minor={amount}
            currency={currency}
            onChange={setAmount}
            error={(amount ?? 0) < 0 ? t('calculator.negative') : undefined}
          />
        )}
        <ExampleLines lines={lines} change={setLines} {...(readSold === undefined ? {} : { read: readSold })} />
        {buyerFields}
        <FormLayout.Group condensed>
          <MomentField label={t('calculator.day')} type="date" value={day} onChange={setDay} />
          <MomentField label={t('calculator.time')} type="time" value={time} onChange={setTime} />
        </FormLayout.Group>
      </FormLayout>
      <Divider />
      {isDraft ? <Outcome title={t('calculator.draft')} document={draft} example={example} /> : null}
      <Outcome title={t('calculator.published')} document={published} example={example} />
    </Section>
  );
};

type Buyer = Pick<Example, 'tier' | 'segment' | 'orderNumber' | 'storeId'>;

type BuyerProps = {
  readonly documents: readonly ProgramDocument[];
  readonly stores: readonly ProgramStore[];
  readonly buyer: Buyer;
  readonly change: (part: Partial<Buyer>) => void;
};

/** Who buys and where, as far as the rules ask. A list: the layout keeps a place for whatever it is given as one. */
const useBuyerFields = ({ documents, stores, buyer, change }: BuyerProps): readonly ReactElement[] => {
  const { t, language } = useWriting();
  const asks = (kind: ConditionKind): boolean =>
    documents.some(({ earning }) =>
      earning.bonuses.some(({ conditions }) => conditions.some((one) => one.kind === kind)),
    );
  const named = (all: readonly Named[]): Options => [
    ...new Map(all.map(({ id, name }) => [id, { value: id, label: name[language] }])).values(),
  ];
  const tiers = named(documents.flatMap(({ tiers: of }) => of?.levels ?? []));
  const segments = named(documents.flatMap((document) => document.segments));
  const tier = (
    <Choice
      key="tier"
      label={t('field.level')}
      none={t('calculator.no_tier')}
      options={tiers}
      value={buyer.tier}
      choose={(chosen) => change({ tier: chosen })}
    />
  );
  const segment = (
    <Choice
      key="segment"
      label={t('field.segment')}
      none={t('calculator.no_segment')}
      options={segments}
      value={buyer.segment}
      choose={(chosen) => change({ segment: chosen })}
    />
  );
  const store = (
    <Choice
      key="store"
      label={t('calculator.store')}
      options={stores.map(({ id, name }) => ({ value: id, label: name }))}
      value={buyer.storeId}
      choose={(storeId) => change({ storeId })}
    />
  );
  const orderNumber = (
    <OptionalNumberField
      key="order_number"
      label={t('calculator.order_number')}
      value={buyer.orderNumber}
      onChange={(next) => change({ orderNumber: next ?? 1 })}
    />
  );
  return [
    ...(tiers.length > 0 ? [tier] : []),
    ...(asks('segment') ? [segment] : []),
    ...(asks('store') ? [store] : []),
    ...(asks('order_number') ? [orderNumber] : []),
  ];
};

type Named = { readonly id: string; readonly name: ProgramDocument['names']['point'] };
type Options = { readonly value: string; readonly label: string }[];

type ChoiceProps = {
  readonly label: string;
  /** How none is said, where none can be chosen. */
  readonly none?: string;
  readonly options: Options;
  readonly value: string | null;
  readonly choose: (value: string | null) => void;
};

const Choice = ({ label, none, options, value, choose }: ChoiceProps) => (
  <Select
    label={label}
    value={value ?? ''}
    onChange={(chosen) => choose(chosen === '' ? null : chosen)}
    options={[...(none === undefined ? [] : [{ value: '', label: none }]), ...options]}
  />
);
