import { FormLayout } from '@shopify/polaris';
import { useWriting } from '../../language';
import { IconChoice } from '../IconChoice';
import { useProgram } from '../programContext';
import { Section } from '../Section';
import { AccentField } from './AccentField';

/** What the program adds to the shop's own looks. */
export const LookCard = () => {
  const { t } = useWriting();
  const { draft, errorAt } = useProgram();
  const { look } = draft.document;
  return (
    <Section title={t('look.title')} help={t('look.help')}>
      <FormLayout>
        <AccentField
          value={look.accent}
          onChange={(accent) => draft.change({ look: { ...look, accent } })}
          error={errorAt('look.accent')}
        />
        <IconChoice
          label={t('field.look.icon')}
          value={look.icon}
          onChange={(icon) => draft.change({ look: { ...look, icon } })}
        />
      </FormLayout>
    </Section>
  );
};
