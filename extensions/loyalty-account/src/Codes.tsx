import type { MemberSummary, OfferedReward, ProgramSummary } from '../../shared/answers';
import { codeName } from '../../shared/codes';
import type { Host } from '../../shared/host';
import { cartWith } from '../../shared/permalink';
import { dayIn, say } from '../../shared/words';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly codes: MemberSummary['codes'];
  readonly rewards: readonly OfferedReward[];
  /** The shop's own domain, of which a product is put into a cart; null: nobody knows. */
  readonly shop: string | null;
  readonly busy: string | null;
  readonly giveBack: (id: string) => void;
};

/** The codes that a member holds: to copy, and to give back. */
export const Codes = ({ host, program, rewards, codes, shop, busy, giveBack }: Props) => (
  <s-section heading={say(host, 'codes.title')}>
    <s-stack gap="base">
      {codes.map((held) => {
        const { redemption_id: id, code, last_day: day, variant_id: variant } = held;
        const name = codeName(host, program, rewards, held);
        return (
          <s-stack key={id} gap="small-200">
            <s-text type="strong">{name}</s-text>
            <s-text>{code}</s-text>
            <s-text color="subdued">{say(host, 'codes.until', { date: dayIn(host, day) })}</s-text>
            {variant === undefined || shop === null ? null : (
              <>
                <s-link href={cartWith(shop, variant, code)}>{say(host, 'codes.to_cart')}</s-link>
                <s-text color="subdued">{say(host, 'codes.own_cart')}</s-text>
              </>
            )}
            <s-clipboard-item id={`code-${id}`} text={code} />
            <s-stack direction="inline" gap="small-200">
              <s-button
                variant="secondary"
                command="--copy"
                commandFor={`code-${id}`}
                accessibilityLabel={`${say(host, 'codes.copy')}: ${name}`}
              >
                {say(host, 'codes.copy')}
              </s-button>
              <s-button
                variant="secondary"
                accessibilityLabel={`${say(host, 'codes.give_back')}: ${name}`}
                loading={busy === id}
                disabled={busy !== null}
                onClick={() => giveBack(id)}
              >
                {say(host, 'codes.give_back')}
              </s-button>
            </s-stack>
          </s-stack>
        );
      })}
    </s-stack>
  </s-section>
);
