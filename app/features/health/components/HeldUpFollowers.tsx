import { Banner, List } from '@shopify/polaris';
import { isMessage } from '~/i18n/catalog';
import type { HealthPage } from '../views/healthPage';
import { useWriting } from '~/ui/language';

type Props = { readonly followers: HealthPage['followers'] };

/** Parts of the app that follow what happens to members and are held up: why, and what they missed. */
export const HeldUpFollowers = ({ followers }: Props) => {
  const { t } = useWriting();
  if (followers.length === 0) return null;
  const nameOf = (name: string): string => {
    const text = `follower.${name}`;
    return isMessage(text) ? t(text) : name;
  };
  return (
    <Banner tone="warning" title={t('health.followers')}>
      <p>{t('health.followers_help')}</p>
      <List>
        {followers.flatMap(({ name, attempts, failure, dropped }) => [
          ...(attempts === 0
            ? []
            : [
                <List.Item key={name}>
                  {t('health.follower_failing', { name: nameOf(name), count: attempts, reason: failure ?? '' })}
                </List.Item>,
              ]),
          ...(dropped === 0
            ? []
            : [
                <List.Item key={`${name} dropped`}>
                  {t('health.follower_dropped', { name: nameOf(name), count: dropped })}
                </List.Item>,
              ]),
        ])}
      </List>
    </Banner>
  );
};
