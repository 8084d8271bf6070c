import type { MemberSummary, ProgramSummary } from '../answers';
import type { Host } from '../host';
import { nextReward } from '../offers';
import { tierLine, tierName, today } from '../tiers';
import { pointsIn, say, textIn } from '../words';

type Props = { readonly host: Host; readonly program: ProgramSummary; readonly member: MemberSummary };

/** How far it is to the next reward. */
const NextReward = ({ host, program, member }: Props) => {
  const next = nextReward(program, member.available, today());
  if (next === null) return null;
  const values = { points: pointsIn(host, program, next.missing), reward: textIn(host, next.name) };
  const text = say(host, 'standing.reward', values);
  return (
    <s-stack gap="small-200">
      <s-text>{text}</s-text>
      <s-progress value={next.donePercent} max={100} accessibilityLabel={text} />
    </s-stack>
  );
};

/** The member's tier, and how far it is to the next one. */
export const TierStanding = ({ host, program, member }: Props) => {
  const name = tierName(host, program, member.tier?.id ?? null);
  const line = tierLine(host, program, member, today());
  if (name === null && line === null) return null;
  return (
    <s-stack gap="small-200">
      {name === null ? null : <s-text>{say(host, 'standing.tier', { tier: name })}</s-text>}
      {line === null ? null : <s-text color="subdued">{line.text}</s-text>}
      {line?.donePercent == null ? null : (
        <s-progress value={line.donePercent} max={100} accessibilityLabel={line.text} />
      )}
    </s-stack>
  );
};

/** Where a member stands: what is there, on the way to what. */
export const Standing = (props: Props) => (
  <>
    <NextReward {...props} />
    <TierStanding {...props} />
  </>
);
