import { ChoiceList } from '@shopify/polaris';
import type { LocalizedText } from '~/core/values/text';
import { useWriting } from '../language';

type Props = {
  readonly title: string;
  readonly of: readonly { readonly id: string; readonly name: LocalizedText }[];
  readonly ids: readonly string[];
  readonly choose: (ids: string[]) => void;
  readonly error: string | undefined;
};

/** Tiers or segments to choose from. What is named and not there any more can be taken out, and not chosen again. */
export const GroupChoice = ({ title, of, ids, choose, error }: Props) => {
  const { t, language } = useWriting();
  const gone = ids.filter((id) => !of.some((one) => one.id === id));
  const choices = [
    ...of.map(({ id, name }) => ({ value: id, label: name[language] })),
    ...gone.map((id) => ({ value: id, label: t('reward.group_gone', { id }) })),
  ];
  return choices.length === 0 && error === undefined ? null : (
    <ChoiceList
      allowMultiple
      title={title}
      choices={choices}
      selected={[...ids]}
      onChange={(chosen) => choose(choices.map(({ value }) => value).filter((id) => chosen.includes(id)))}
      error={error ?? ''}
    />
  );
};
