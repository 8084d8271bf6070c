import { BlockStack, ChoiceList } from '@shopify/polaris';
import { useState } from 'react';
import { fold } from '~/core/earning/conditions/condition';
import { knownChannels } from '~/i18n/sentences/conditions/channel';
import { useWriting } from '../../language';
import { ChipsField } from '../ChipsField';

type Props = {
  readonly label: string;
  readonly channels: readonly string[];
  readonly change: (channels: string[]) => void;
  readonly error: string | undefined;
};

/** The sales channels of a shop: those that everybody has are ticked, and those of apps are written. */
export const ChannelField = ({ label, channels, change, error }: Props) => {
  const { t } = useWriting();
  const { ticked, others, put } = useTicked(channels, change);
  return (
    <BlockStack gap="300">
      <ChoiceList
        allowMultiple
        title={label}
        choices={knownChannels.map((name) => ({ value: name, label: t(`channel.${name}`) }))}
        selected={ticked}
        onChange={(chosen) =>
          put(
            knownChannels.filter((name) => chosen.includes(name)),
            others,
          )
        }
        error={error ?? ''}
      />
      <ChipsField
        label={t('channel.others')}
        help={t('channel.others_help')}
        values={others}
        onChange={(written) => put(ticked, written)}
      />
    </BlockStack>
  );
};

/** Which are ticked. What is being written ticks nothing: "pos-app" is "pos" on its way. */
const useTicked = (channels: readonly string[], change: Props['change']) => {
  const [own, setOwn] = useState({ channels, ticked: tickedOf(channels) });
  const isOwn = own.channels.join('\n') === channels.join('\n');
  const ticked = isOwn ? own.ticked : tickedOf(channels);
  const isTicked = (name: string): boolean => ticked.some((one) => one === fold(name));
  return {
    ticked,
    others: channels.filter((name) => !isTicked(name)),
    put: (nextTicked: string[], others: readonly string[]): void => {
      const next = [...new Set([...nextTicked, ...others])];
      setOwn({ channels: next, ticked: nextTicked });
      change(next);
    },
  };
};

const tickedOf = (channels: readonly string[]): string[] =>
  knownChannels.filter((known) => channels.some((name) => fold(name) === known));
