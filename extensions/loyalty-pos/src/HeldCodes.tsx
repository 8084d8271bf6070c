import type { MemberSummary, OfferedReward, ProgramSummary } from '../../shared/answers';
import { codeName } from '../../shared/codes';
import type { Host } from '../../shared/host';
import { dayIn, say } from '../../shared/words';

type Held = MemberSummary['codes'][number];

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly rewards: readonly OfferedReward[];
  readonly codes: readonly Held[];
  /** Whether the cart at the till may be changed. */
  readonly canChange: boolean;
  readonly isIn: (code: string) => boolean;
  readonly busy: string | null;
  readonly apply: (held: Held) => void;
  readonly giveBack: (held: Held) => void;
};

/** The codes that a member holds: into the cart at the till, or back into points. */
export const HeldCodes = ({ host, program, rewards, codes, canChange, isIn, busy, apply, giveBack }: Props) =>
  codes.length === 0 ? null : (
    <s-section heading={say(host, 'till.codes')}>
      <s-stack direction="block" gap="base">
        {codes.map((held) => {
          const { redemption_id: id, code, last_day: day } = held;
          return (
            <s-stack key={id} direction="block" gap="small">
              <s-text type="strong">{codeName(host, program, rewards, held)}</s-text>
              <s-text color="subdued">
                {isIn(code) ? say(host, 'codes.in_cart') : say(host, 'codes.until', { date: dayIn(host, day) })}
              </s-text>
              <s-stack direction="inline" gap="small">
                {isIn(code) || !canChange ? null : (
                  <s-button loading={busy === id} disabled={busy !== null} onClick={() => apply(held)}>
                    {say(host, 'codes.apply')}
                  </s-button>
                )}
                <s-button loading={busy === id} disabled={busy !== null} onClick={() => giveBack(held)}>
                  {say(host, 'codes.give_back')}
                </s-button>
              </s-stack>
            </s-stack>
          );
        })}
      </s-stack>
    </s-section>
  );
