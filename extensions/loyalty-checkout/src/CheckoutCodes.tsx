import type { MemberSummary, OfferedReward, ProgramSummary } from '../../shared/answers';
import type { Host } from '../../shared/host';
import { codeName } from '../../shared/codes';
import { dayIn, say } from '../../shared/words';

type Held = MemberSummary['codes'][number];

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly rewards: readonly OfferedReward[];
  readonly codes: readonly Held[];
  /** The codes that the checkout has, in capitals. */
  readonly inCart: readonly string[];
  readonly busy: string | null;
  readonly canChange: boolean;
  readonly apply: (held: Held) => void;
  readonly giveBack: (held: Held) => void;
};

/** The codes that a member holds: into this checkout, or back into points. */
export const CheckoutCodes = ({ host, program, rewards, codes, inCart, busy, canChange, apply, giveBack }: Props) => (
  <>
    {codes.map((held) => {
      const { redemption_id: id, code, last_day: day } = held;
      const name = codeName(host, program, rewards, held);
      const isIn = inCart.includes(code.toUpperCase());
      return (
        <s-stack key={id} gap="small-200">
          <s-text type="strong">{name}</s-text>
          <s-text color="subdued">
            {isIn ? say(host, 'codes.in_cart') : say(host, 'codes.until', { date: dayIn(host, day) })}
          </s-text>
          {canChange ? (
            <s-stack direction="inline" gap="small-200">
              {isIn ? null : (
                <s-button
                  variant="secondary"
                  accessibilityLabel={`${say(host, 'codes.apply')}: ${name}`}
                  loading={busy === id}
                  disabled={busy !== null}
                  onClick={() => apply(held)}
                >
                  {say(host, 'codes.apply')}
                </s-button>
              )}
              <s-button
                variant="secondary"
                accessibilityLabel={`${say(host, 'codes.give_back')}: ${name}`}
                loading={busy === id}
                disabled={busy !== null}
                onClick={() => giveBack(held)}
              >
                {say(host, 'codes.give_back')}
              </s-button>
            </s-stack>
          ) : null}
        </s-stack>
      );
    })}
  </>
);
