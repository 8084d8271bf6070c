import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import type { RewardKind } from '~/core/rewards/section';
import type { ProgramAnswer, ProgramWish } from '~/http/shopify/programActions';
import type { Language } from '~/i18n/catalog';
import { issueInWords } from '~/i18n/documentWords';
import { ErrorsShown } from '~/ui/fields';
import { useWriting } from '~/ui/language';
import { thingsNamed } from '~/core/program/thingsNamed';
import { ProgramProvider, type ServerDraft } from '~/ui/program/programContext';
import { ThingsProvider, type ReadThings } from '~/ui/program/things';
import { useProgramDraft } from '~/ui/program/useProgramDraft';
import type { ProgramStore } from '~/views/programEditor';
import { program } from './builders';
import { MerchantApp } from './merchantApp';

type Options = {
  /** What is published. */
  readonly document?: ProgramDocument;
  readonly draft?: ServerDraft | null;
  readonly answer?: ProgramAnswer;
  readonly language?: Language;
  /** Kinds of rewards that the store's platform cannot make. */
  readonly notMade?: readonly RewardKind[];
  /** What the shop calls its products and collections. */
  readonly readThings?: ReadThings;
  readonly taken?: Readonly<Record<string, number>>;
  readonly stores?: readonly ProgramStore[];
  /** As after an attempt to save what is wrong. */
  readonly all?: boolean;
};

type FrameProps = Options & {
  readonly children: ReactNode;
  readonly onChange: (document: ProgramDocument) => void;
  readonly onWish: (wish: ProgramWish) => void;
};

const nothingToRead: ReadThings = () => Promise.resolve({ product: [], collection: [], variant: [] });

const oneStore: readonly ProgramStore[] = [{ id: 'here', name: 'Bottega', domain: 'bottega.myshopify.com' }];

/** What stands around the program's pages, without the server: one draft for all of them. */
const Frame = ({
  document = program(),
  draft: given = null,
  notMade = [],
  readThings = nothingToRead,
  taken = {},
  stores = oneStore,
  answer,
  children,
  onChange,
  onWish,
}: FrameProps) => {
  const say = useWriting();
  const [published] = useState({ version: 1, document, publishedAt: 0, isOwn: true });
  const server = given;
  const saved = useMemo(
    () => server ?? { revision: null, basedOn: 1, document: published.document },
    [server, published],
  );
  const draft = useProgramDraft(saved, undefined);
  const edited = draft.document;
  useEffect(() => onChange(edited), [edited, onChange]);
  const errorAt = (path: string): string | undefined => {
    const issue = draft.issues.find((one) => one.path === path);
    return issue === undefined ? undefined : issueInWords(issue, [draft.document], say);
  };
  const named = useMemo(() => thingsNamed(edited), [edited]);
  const isWrong = (path: string): boolean => draft.issues.some((one) => one.path.startsWith(`${path}.`));
  return (
    <ThingsProvider named={named} stores={stores} read={readThings}>
      <ProgramProvider
        value={{
          ...{ published, server, draft, errorAt, isWrong, notMade, taken, stores, answer },
          here: 'here',
          send: onWish,
          busy: false,
        }}
      >
        {children}
      </ProgramProvider>
    </ThingsProvider>
  );
};

/** A page of the program as a merchant edits it: `latestDraft` is what the page made of the document. */
export const openProgram = (page: ReactNode, { language = 'en', all = false, ...options }: Options = {}) => {
  const seen: ProgramDocument[] = [];
  const wishes: ProgramWish[] = [];
  const user = userEvent.setup();
  const onChange = (edited: ProgramDocument): void => void seen.push(edited);
  const onWish = (wish: ProgramWish): void => void wishes.push(wish);
  const framed = (shown: ReactNode, draft: ServerDraft | null) => (
    <MerchantApp language={language}>
      <ErrorsShown all={all}>
        <Frame {...options} draft={draft} onChange={onChange} onWish={onWish}>
          {shown}
        </Frame>
      </ErrorsShown>
    </MerchantApp>
  );
  const { rerender } = render(framed(page, options.draft ?? null));
  const latestDraft = (): ProgramDocument => {
    const last = seen.at(-1);
    if (last === undefined) throw new Error('nothing was shown');
    return last;
  };
  /** What the server has by now. */
  const show = (next: ReactNode, draft: ServerDraft | null): void => rerender(framed(next, draft));
  return { user, wishes, latestDraft, show };
};

/** Writes a field anew. */
export const retype = async (
  user: ReturnType<typeof userEvent.setup>,
  field: HTMLElement,
  text: string,
): Promise<void> => {
  await user.clear(field);
  await user.type(field, text);
};
