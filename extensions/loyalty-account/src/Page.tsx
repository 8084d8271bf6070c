import type { Rewards, Summary } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { Host } from '../../shared/host';
import { useAsked } from '../../shared/hooks';
import { Trouble } from '../../shared/ui/Trouble';
import { say, textIn } from '../../shared/words';
import { History } from './History';
import { Member } from './Member';

const read = async (host: Host): Promise<Summary & Rewards> => {
  const [summary, rewards] = await Promise.all([ask<Summary>(host, 'summary'), ask<Rewards>(host, 'rewards')]);
  return { ...summary, ...rewards };
};

/** The whole program in the customer's account: balance, tier, rewards, codes and history. */
export const Page = ({ host }: { host: Host }) => {
  const { answer, error, again, put } = useAsked(() => read(host));
  if (answer === null)
    return (
      <s-page heading={say(host, 'page.title')}>
        {error === null ? <s-skeleton-paragraph /> : <Trouble host={host} error={error} again={again} />}
      </s-page>
    );
  const { program, member, rewards } = answer;
  if (program === null) return <s-page heading={say(host, 'page.title')} subheading={say(host, 'page.no_program')} />;
  return (
    <s-page heading={textIn(host, program.names.program)}>
      {member === null ? (
        <s-section heading={say(host, 'page.begin')}>
          <s-text>{say(host, 'page.first_order')}</s-text>
        </s-section>
      ) : (
        <>
          <Member
            {...{ host, program, member, rewards, again }}
            changed={(next) => put({ program, rewards, member: { ...member, ...next } })}
          />
          <History host={host} program={program} about={`${member.available}:${member.codes.length}`} />
        </>
      )}
    </s-page>
  );
};
