import { useRouteError } from '@remix-run/react';
import { useWriting } from '../language';
import { TroubleBanner, troubleOf } from '../TroublePage';

/**
 * The `ErrorBoundary` of every page of the program that reads something of its own: what stands around it, with all
 * that was changed and is not saved yet, stays.
 */
export const ProgramTrouble = () => {
  const { t, language } = useWriting();
  const error = useRouteError();
  return <TroubleBanner error={error} language={language} title={t(`trouble.${troubleOf(error)}`)} />;
};
