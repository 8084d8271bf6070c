import type { MemberSummary, ProgramSummary } from '../../shared/answers';
import type { Host } from '../../shared/host';
import { dayIn, pointsIn, say } from '../../shared/words';

type Props = { readonly host: Host; readonly program: ProgramSummary; readonly member: MemberSummary };

/** What on its way back is to be said; what should be there already is not. */
const returningText = (host: Host, program: ProgramSummary, { returning }: MemberSummary): string | null => {
  if (returning === null) return null;
  const points = pointsIn(host, program, returning.points);
  return returning.by_epoch * 1000 > Date.now()
    ? say(host, 'balance.returning', { points, time: returning.by.slice(11) })
    : say(host, 'balance.returning_soon', { points });
};

/** Points that can be spent, that are on their way, and that end. */
export const Balance = ({ host, program, member }: Props) => {
  const points = (number: number): string => pointsIn(host, program, number);
  const { expiring } = member;
  const notes = [
    member.pending > 0 ? say(host, 'balance.pending', { points: points(member.pending) }) : null,
    returningText(host, program, member),
    member.debt > 0 ? say(host, 'balance.debt', { points: points(member.debt) }) : null,
    expiring === null
      ? null
      : say(host, 'balance.expiring', { points: points(expiring.points), date: dayIn(host, expiring.on) }),
  ];
  return (
    <s-stack gap="small-200">
      <s-heading>{points(member.available)}</s-heading>
      {notes.map((note) =>
        note === null ? null : (
          <s-text key={note} color="subdued">
            {note}
          </s-text>
        ),
      )}
    </s-stack>
  );
};
