import { Box, Button, Divider, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { nameOfCopy, type LocalizedText } from '~/core/values/text';
import { useWriting } from '../language';
import { useFocusNext } from '../useFocusNext';
import { RuleItem } from './RuleItem';
import { useDragging } from './useDragging';

/** What a list of rules has to know of its members. */
export type RuleKind<Rule> = {
  readonly nameOf: (rule: Rule) => string;
  readonly sentenceOf: (rule: Rule) => string;
  readonly isOn?: (rule: Rule) => boolean;
  /** How one is switched; without it they have no switch, and are not copied (a copy begins switched off). */
  readonly switched?: (rule: Rule, on: boolean) => Rule;
  readonly aside?: (rule: Rule) => ReactNode;
  readonly mark?: (rule: Rule) => ReactNode;
  readonly urlOf?: (rule: Rule) => string;
  /** The order of the list counts: its members can be moved. */
  readonly isOrdered: boolean;
  /** Why one cannot be deleted; null: it can. */
  readonly keptBy?: (rule: Rule) => string | null;
};

type Props<Rule> = {
  readonly rules: readonly Rule[];
  readonly change: (rules: Rule[]) => void;
  readonly kind: RuleKind<Rule>;
  readonly isWrong: (index: number) => boolean;
  /** Those that begin with their fields open: new ones. */
  readonly opened: readonly string[];
  readonly fields?: (rule: Rule, index: number, change: (rule: Rule) => void) => ReactNode;
};

type Identified = { readonly id: string; readonly name: LocalizedText };

/** Rules one below the other: each with its sentence, switch and menu. What is deleted can be brought back at once. */
export const RuleList = <Rule extends Identified>(props: Props<Rule>) => {
  const { rules, change, kind, isWrong, opened, fields } = props;
  const { deleted, copied, refused, actionsOf, bringBack } = useRuleActions(props);
  useNewInFocus([...opened, ...copied]);
  const drag = useDragging((from, to) => change(moved(rules, from, to)));
  const set = (next: Rule): void => change(rules.map((one) => (one.id === next.id ? next : one)));
  return (
    <>
      {rules.map((rule, index) => (
        <div key={rule.id} {...(kind.isOrdered ? drag.rowOf(index) : {})}>
          <Divider />
          <Box paddingBlockStart="300">
            <RuleItem
              id={rule.id}
              name={kind.nameOf(rule)}
              sentence={kind.sentenceOf(rule)}
              aside={kind.aside?.(rule)}
              mark={
                <>
                  {kind.isOrdered && rules.length > 1 ? drag.handleOf(index) : null}
                  {kind.mark?.(rule)}
                </>
              }
              {...switchOf(kind, rule, set)}
              startOpen={opened.includes(rule.id) || copied.includes(rule.id)}
              isWrong={isWrong(index)}
              refusal={refused.includes(rule.id) ? (kind.keptBy?.(rule) ?? null) : null}
              actions={actionsOf(rule, index)}
              {...(kind.urlOf === undefined ? {} : { url: kind.urlOf(rule) })}
            >
              {fields?.(rule, index, set)}
            </RuleItem>
          </Box>
        </div>
      ))}
      {deleted.map((one) => (
        <DeletedRule key={one.rule.id} id={one.rule.id} name={kind.nameOf(one.rule)} bringBack={() => bringBack(one)} />
      ))}
    </>
  );
};

const headingOf = (id: string): string => `rule-${id}-name`;
const undoOf = (id: string): string => `rule-${id}-undo`;

/** What was added last has the focus: whoever uses the keyboard goes on in its fields. */
const useNewInFocus = (added: readonly string[]): void => {
  const known = useRef(added);
  useEffect(() => {
    const fresh = added.find((id) => !known.current.includes(id));
    known.current = added;
    if (fresh !== undefined) document.getElementById(headingOf(fresh))?.focus();
  });
};

const switchOf = <Rule,>(kind: RuleKind<Rule>, rule: Rule, set: (rule: Rule) => void) => {
  const { isOn, switched } = kind;
  return switched === undefined
    ? {}
    : { isOn: isOn?.(rule) ?? true, switchTo: (on: boolean) => set(switched(rule, on)) };
};

type Deleted<Rule> = { readonly rule: Rule; readonly at: number };

/** What the menu of a rule offers, and what came of it. */
const useRuleActions = <Rule extends Identified>({ rules, change, kind }: Props<Rule>) => {
  const { t } = useWriting();
  const [deleted, setDeleted] = useState<readonly Deleted<Rule>[]>([]);
  const [copied, setCopied] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const focusNext = useFocusNext();
  const remove = (rule: Rule, at: number): void => {
    const isKept = (kind.keptBy?.(rule) ?? null) !== null;
    setRefused([...refused.filter((id) => id !== rule.id), ...(isKept ? [rule.id] : [])]);
    if (isKept) return;
    setDeleted([...deleted, { rule, at }]);
    focusNext(undoOf(rule.id));
    change(rules.filter(({ id }) => id !== rule.id));
  };
  const bringBack = ({ rule, at }: Deleted<Rule>): void => {
    setDeleted(deleted.filter((one) => one.rule.id !== rule.id));
    change([...rules.slice(0, at), rule, ...rules.slice(at)]);
    focusNext(headingOf(rule.id));
  };
  const copy = (rule: Rule, at: number, off: (rule: Rule, on: boolean) => Rule): void => {
    const id = newId(rule.id.replace(/-\d+$/, ''), [...rules, ...deleted.map((one) => one.rule)]);
    setCopied([...copied, id]);
    change([
      ...rules.slice(0, at + 1),
      off({ ...rule, id, name: nameOfCopy(rule.name) }, false),
      ...rules.slice(at + 1),
    ]);
  };
  const move = (from: number, to: number): void => change(moved(rules, from, to));
  const actionsOf = (rule: Rule, at: number) => {
    const { isOrdered, switched } = kind;
    const [canRise, canSink] = [isOrdered && at > 0, isOrdered && at < rules.length - 1];
    return [
      ...(switched === undefined ? [] : [{ content: t('program.copy'), onAction: () => copy(rule, at, switched) }]),
      ...(canRise ? [{ content: t('program.move_up'), onAction: () => move(at, at - 1) }] : []),
      ...(canSink ? [{ content: t('program.move_down'), onAction: () => move(at, at + 1) }] : []),
      { content: t('program.delete'), destructive: true, onAction: () => remove(rule, at) },
    ];
  };
  const gone = deleted.filter(({ rule }) => !rules.some(({ id }) => id === rule.id));
  return { deleted: gone, copied, refused, actionsOf, bringBack };
};

type DeletedProps = { readonly id: string; readonly name: string; readonly bringBack: () => void };

const DeletedRule = ({ id, name, bringBack }: DeletedProps) => {
  const { t } = useWriting();
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <InlineStack align="space-between" gap="200" blockAlign="center">
        <Text as="p" tone="subdued">
          {t('program.deleted', { name })}
        </Text>
        <Button id={undoOf(id)} variant="plain" onClick={bringBack}>
          {t('program.undo')}
        </Button>
      </InlineStack>
    </Box>
  );
};

/** An id for a new member of a list: its kind and the first number that is free. */
export const newId = (kind: string, taken: readonly { readonly id: string }[]): string => {
  const stem = kind.slice(0, 34);
  const used = new Set(taken.map(({ id }) => id));
  const number = Array.from({ length: used.size + 1 }, (_, index) => index + 1).find((n) => !used.has(`${stem}-${n}`));
  return `${stem}-${number ?? 1}`;
};

const moved = <Rule,>(rules: readonly Rule[], from: number, to: number): Rule[] => {
  const rest = rules.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...rules.slice(from, from + 1), ...rest.slice(to)];
};
