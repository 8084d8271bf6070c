import type { MemberSummary, ProgramSummary } from '../../shared/answers';
import { codeName } from '../../shared/codes';
import type { Host } from '../../shared/host';
import { dayIn, say } from '../../shared/words';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly codes: MemberSummary['codes'];
  readonly busy: string | null;
  readonly giveBack: (id: string) => void;
};

/** The codes that a member holds: to copy, and to give back. */
export const Codes = ({ host, program, codes, busy, giveBack }: Props) => (
  <s-section heading={say(host, 'codes.title')}>
    <s-stack gap="base">
      {codes.map((held) => {
        const { redemption_id: id, code, last_day: day } = held;
        const name = codeName(host, program, held);
        return (
          <s-stack key={id} gap="small-200">
            <s-text type="strong">{name}</s-text>
            <s-text>{code}</s-text>
            <s-text color="subdued">{say(host, 'codes.until', { date: dayIn(host, day) })}</s-text>
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
