import type { MemberSummary, ProgramSummary } from '../../shared/answers';
import type { Host } from '../../shared/host';
import { tierLine, tierName, today } from '../../shared/tiers';
import { dayIn, pointsIn, say } from '../../shared/words';

/** The balance and the tier, as staff reads them out. */
export const TillStanding = (props: {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly member: MemberSummary;
}) => {
  const { host, program, member } = props;
  const { pending, expiring } = member;
  const tier = tierName(host, program, member.tier?.id ?? null);
  const lines = [
    tier === null ? null : say(host, 'standing.tier', { tier }),
    tierLine(host, program, member, today())?.text ?? null,
    pending > 0 ? say(host, 'balance.pending', { points: pointsIn(host, program, pending) }) : null,
    expiring === null
      ? null
      : say(host, 'balance.expiring', {
          points: pointsIn(host, program, expiring.points),
          date: dayIn(host, expiring.on),
        }),
  ];
  return (
    <s-stack direction="block" gap="small">
      <s-heading>{pointsIn(host, program, member.available)}</s-heading>
      {lines.map((line) => (line === null ? null : <s-text key={line}>{line}</s-text>))}
    </s-stack>
  );
};
