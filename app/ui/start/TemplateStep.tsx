import { openRewards, type FirstRun } from '~/core/program/firstRun';
import { templateDocument, type TemplateShop } from '~/core/program/templates';
import type { PointNames } from '~/i18n/format';
import { useWriting } from '../language';
import { OpenRewards } from './OpenRewards';
import { Step } from './Step';
import { TemplateCards } from './TemplateCards';

type Props = {
  readonly shop: TemplateShop;
  /** What points are called. */
  readonly names: PointNames;
  readonly choices: FirstRun;
  readonly setChoices: (choices: FirstRun) => void;
};

/** The program to begin with, and the products that it leaves to the merchant. */
export const TemplateStep = ({ shop, names, choices, setChoices }: Props) => {
  const { t } = useWriting();
  const open = openRewards(templateDocument(choices.template, shop));
  return (
    <Step number={1} title={t('start.template')} help={t('start.template_help')}>
      <TemplateCards
        shop={shop}
        names={names}
        value={choices.template}
        onChange={(template) => setChoices({ ...choices, template })}
      />
      {open.length === 0 ? null : (
        <OpenRewards
          rewards={open}
          variantIds={choices.variantIds ?? {}}
          onChange={(variantIds) => setChoices({ ...choices, variantIds })}
        />
      )}
    </Step>
  );
};
