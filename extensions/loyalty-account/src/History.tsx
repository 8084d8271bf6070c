import { useState } from 'preact/hooks';
import type { Entry, History as Answer, ProgramSummary } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { Host } from '../../shared/host';
import { useActs, useAsked } from '../../shared/hooks';
import { Note, Trouble, whyNot } from '../../shared/ui/Trouble';
import { pointsIn, say } from '../../shared/words';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  /** Changes when there is something new: the first page is read again then. */
  readonly about: string;
};

const Line = ({ host, program, entry }: Omit<Props, 'about'> & { readonly entry: Entry }) => (
  <s-stack gap="small-200">
    <s-text color="subdued">{`${entry.day} · ${entry.label}`}</s-text>
    <s-text type="strong">{pointsIn(host, program, entry.points, { signDisplay: 'exceptZero' })}</s-text>
    {[entry.sentence, ...(entry.steps ?? [])].map((why, index) =>
      why === undefined ? null : <s-text key={index}>{why}</s-text>,
    )}
  </s-stack>
);

/** Every entry with its explanation, newest first; earlier ones when the member wants them. */
export const History = ({ host, program, about }: Props) => {
  const first = useAsked(() => ask<Answer>(host, 'history'), about);
  const [more, setMore] = useState<{ readonly about: string; readonly pages: readonly Answer[] }>({ about, pages: [] });
  const { busy, said, act } = useActs(whyNot(host));
  if (first.answer === null)
    return (
      <s-section heading={say(host, 'history.title')}>
        {first.error === null ? (
          <s-skeleton-paragraph />
        ) : (
          <Trouble host={host} error={first.error} again={first.again} />
        )}
      </s-section>
    );
  // Earlier pages belong to the first page behind which they were read.
  const pages = [first.answer, ...(more.about === about ? more.pages : [])];
  const entries = pages.flatMap((page) => page.entries);
  const next = pages[pages.length - 1]?.next ?? null;
  const readOn = (): void =>
    act('more', async () => {
      const page = await ask<Answer>(host, `history?before=${encodeURIComponent(next ?? '')}`);
      setMore({ about, pages: [...pages.slice(1), page] });
      return null;
    });
  return (
    <s-section heading={say(host, 'history.title')}>
      <s-stack gap="base">
        {entries.length === 0 ? <s-text>{say(host, 'history.empty')}</s-text> : null}
        {entries.map((entry) => (
          <Line key={entry.id} host={host} program={program} entry={entry} />
        ))}
        <Note said={said} />
        {next === null ? null : (
          <s-button variant="secondary" loading={busy === 'more'} onClick={readOn}>
            {say(host, 'history.more')}
          </s-button>
        )}
      </s-stack>
    </s-section>
  );
};
