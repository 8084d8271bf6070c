import type { MemberSummary, ProgramSummary } from '../../shared/answers';
import { codeName } from '../../shared/codes';
import type { Host } from '../../shared/host';
import { dayIn, say } from '../../shared/words';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly codes: MemberSummary['codes'];
  readonly isIn: (code: string) => boolean;
  readonly busy: string | null;
  readonly apply: (id: string, code: string) => void;
  readonly giveBack: (id: string, code: string) => void;
};

/** The codes that a member holds: into the cart at the till, or back into points. */
export const HeldCodes = ({ host, program, codes, isIn, busy, apply, giveBack }: Props) =>
  codes.length === 0 ? null : (
    <s-section heading={say(host, 'till.codes')}>
      <s-stack direction="block" gap="base">
        {codes.map((held) => {
          const { redemption_id: id, code, last_day: day } = held;
          return (
            <s-stack key={id} direction="block" gap="small">
              <s-text type="strong">{codeName(host, program, held)}</s-text>
              <s-text color="subdued">
                {isIn(code) ? say(host, 'codes.in_cart') : say(host, 'codes.until', { date: dayIn(host, day) })}
              </s-text>
              <s-stack direction="inline" gap="small">
                {isIn(code) ? null : (
                  <s-button loading={busy === id} disabled={busy !== null} onClick={() => apply(id, code)}>
                    {say(host, 'codes.apply')}
                  </s-button>
                )}
                <s-button loading={busy === id} disabled={busy !== null} onClick={() => giveBack(id, code)}>
                  {say(host, 'codes.give_back')}
                </s-button>
              </s-stack>
            </s-stack>
          );
        })}
      </s-stack>
    </s-section>
  );
