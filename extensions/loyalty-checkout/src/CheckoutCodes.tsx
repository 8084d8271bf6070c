import type { MemberSummary, ProgramSummary } from '../../shared/answers';
import type { Host } from '../../shared/host';
import { codeName } from '../../shared/codes';
import { dayIn, say } from '../../shared/words';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly codes: MemberSummary['codes'];
  /** The codes that the checkout has, in capitals. */
  readonly inCart: readonly string[];
  readonly busy: string | null;
  readonly canChange: boolean;
  readonly apply: (id: string, code: string) => void;
  readonly giveBack: (id: string, code: string) => void;
};

/** The codes that a member holds: into this checkout, or back into points. */
export const CheckoutCodes = ({ host, program, codes, inCart, busy, canChange, apply, giveBack }: Props) => (
  <>
    {codes.map((held) => {
      const { redemption_id: id, code, last_day: day } = held;
      const name = codeName(host, program, held);
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
                  onClick={() => apply(id, code)}
                >
                  {say(host, 'codes.apply')}
                </s-button>
              )}
              <s-button
                variant="secondary"
                accessibilityLabel={`${say(host, 'codes.give_back')}: ${name}`}
                loading={busy === id}
                disabled={busy !== null}
                onClick={() => giveBack(id, code)}
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
