import { Refused } from '../app';
import type { Host } from '../host';
import type { Said } from '../hooks';
import { say } from '../words';

/** Why something did not work: the app's own sentence, or that nobody knows. */
export const whyNot =
  (host: Host) =>
  (error: unknown): string =>
    error instanceof Refused ? error.message : say(host, 'failed');

/** What could not be read, and a way to ask again. */
export const Trouble = ({ host, error, again }: { host: Host; error: unknown; again: () => void }) => (
  <s-banner tone="critical" heading={whyNot(host)(error)}>
    <s-button variant="secondary" onClick={again}>
      {say(host, 'again')}
    </s-button>
  </s-banner>
);

/** What has to be said after somebody acted. */
export const Note = ({ said }: { said: Said | null }) =>
  said === null ? null : <s-banner tone={said.tone} heading={said.text} />;
