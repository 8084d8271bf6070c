import { useWriting } from '~/ui/language';
import { TextFileCard } from '~/ui/TextFileCard';

type Props = {
  readonly isBusy: boolean;
  /** What was wrong with the last file, sentence by sentence; empty: nothing. */
  readonly problems: readonly string[];
  /** How many codes the last file brought; null: none was sent. */
  readonly added: number | null;
  readonly send: (text: string) => void;
};

// 100,000 codes of 255 characters with a day each.
const fileMaxBytes = 27 * 1024 * 1024;

/** Takes a file of codes: all of it, or nothing and why. */
export const UploadCard = ({ added, ...props }: Props) => {
  const { t } = useWriting();
  return (
    <TextFileCard
      {...props}
      title={t('codes.upload')}
      hint={t('codes.hint')}
      form={t('codes.form')}
      example="TICKET-7Q2K,2027-12-31"
      maxBytes={fileMaxBytes}
      tooLarge={t('codes.too_large')}
      refused={t('codes.nothing_added')}
      taken={added === null ? null : t('codes.added', { count: added })}
    />
  );
};
