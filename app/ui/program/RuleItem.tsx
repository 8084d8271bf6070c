import {
  ActionList,
  BlockStack,
  Box,
  Button,
  Checkbox,
  Collapsible,
  InlineError,
  InlineStack,
  Popover,
  Text,
  type ActionListItemDescriptor,
} from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { useErrorsShown } from '../fields';
import { useWriting } from '../language';

type Props = {
  readonly id: string;
  readonly name: string;
  /** What it does; follows its fields while they are typed. */
  readonly sentence: string;
  /** A figure beside the sentence, such as what a reward gives back. */
  readonly aside?: ReactNode;
  /** A rule that cannot be switched off has no switch. */
  readonly isOn?: boolean;
  readonly switchTo?: (on: boolean) => void;
  /** Stands before its name, such as the picture it has. */
  readonly mark?: ReactNode;
  /** Why it was not deleted. */
  readonly refusal?: string | null;
  readonly startOpen: boolean;
  /** Something is wrong with one of its fields. */
  readonly isWrong: boolean;
  /** What the menu offers beside "edit". */
  readonly actions: readonly ActionListItemDescriptor[];
  /** Its own page; without one its fields open in its place. */
  readonly url?: string;
  readonly children?: ReactNode;
};

/** A rule of the program: its sentence, a switch, a menu; its fields open in its place. */
export const RuleItem = (props: Props) => {
  const { id, name, sentence, aside, isOn = true, switchTo, startOpen, isWrong, actions, url, children } = props;
  const { mark, refusal = null } = props;
  const { t } = useWriting();
  const [wanted, setOpen] = useState(startOpen);
  // After an attempt to save, what is wrong is in sight.
  const open = (useErrorsShown() && isWrong) || wanted;
  const fields = `rule-${id}`;
  const heading =
    url === undefined
      ? {
          disclosure: open ? ('up' as const) : ('down' as const),
          ariaExpanded: open,
          ariaControls: fields,
          onClick: () => setOpen(!open),
        }
      : { url };
  const edit = url === undefined ? { onAction: () => setOpen(true) } : { url };
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <div className="fidelio-name" style={{ minWidth: 0 }}>
          <InlineStack gap="200" blockAlign="center" wrap={false}>
            {mark}
            <Button id={`${fields}-name`} variant="plain" textAlign="start" {...heading}>
              {name}
            </Button>
          </InlineStack>
        </div>
        <InlineStack gap="200" blockAlign="center" wrap={false}>
          {switchTo === undefined ? null : (
            <Checkbox label={t('program.reward_on')} checked={isOn} onChange={switchTo} />
          )}
          <Menu name={name} actions={[{ content: t('program.edit'), ...edit }, ...actions]} />
        </InlineStack>
      </InlineStack>
      <Text as="p" tone={isOn ? 'base' : 'subdued'}>
        {sentence}
      </Text>
      {aside}
      {refusal === null ? null : <InlineError message={refusal} fieldID={fields} />}
      {url === undefined ? (
        <Collapsible id={fields} open={open}>
          <Box paddingBlockStart="200" paddingBlockEnd="200">
            {children}
          </Box>
        </Collapsible>
      ) : null}
    </BlockStack>
  );
};

const Menu = ({ name, actions }: { readonly name: string; readonly actions: readonly ActionListItemDescriptor[] }) => {
  const { t } = useWriting();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      preferredAlignment="right"
      autofocusTarget="first-node"
      activator={
        <Button
          variant="tertiary"
          accessibilityLabel={t('program.rule_menu', { name })}
          ariaExpanded={open}
          onClick={() => setOpen(!open)}
        >
          ⋯
        </Button>
      }
    >
      <ActionList actionRole="menuitem" items={[...actions]} onActionAnyItem={() => setOpen(false)} />
    </Popover>
  );
};
