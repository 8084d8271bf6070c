import type { Api } from '@shopify/ui-extensions/pos.home.modal.render';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Found } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { Host } from '../../shared/host';
import { useAsked } from '../../shared/hooks';
import { numberIn, say } from '../../shared/words';
import { Trouble } from './Notes';

type Props = { readonly api: Api; readonly host: Host; readonly choose: (customer: string) => void };

const shortest = 2;

/** What a scanner reads while this is open, wherever it comes from: camera, built in or beside the till. */
const useScans = ({ scanner }: Api, read: (data: string) => void): void => {
  const latest = useRef(read);
  latest.current = read;
  const [scans] = useState(() => scanner.scannerData.current);
  useEffect(() => scans.subscribe(({ data }) => (data === undefined ? undefined : latest.current(data))), [scans]);
};

const Results = ({ host, text, choose }: Omit<Props, 'api'> & { readonly text: string }) => {
  const { answer, error, again } = useAsked(() => ask<Found>(host, `pos/find?q=${encodeURIComponent(text)}`), text);
  if (error !== null) return <Trouble host={host} error={error} again={again} />;
  if (answer === null) return <s-text>{say(host, 'working')}</s-text>;
  if (answer.members.length === 0) return <s-text>{say(host, 'find.nobody')}</s-text>;
  return (
    <s-stack direction="block" gap="base">
      {answer.members.map(({ customer, name, detail, available, tier }) => (
        <s-clickable key={customer} onClick={() => choose(customer)}>
          <s-stack direction="block" gap="small">
            <s-heading>{name}</s-heading>
            <s-text color="subdued">
              {[detail, say(host, 'find.points', { number: numberIn(host, available) }), tier]
                .filter((part) => part !== null && part !== '')
                .join(' · ')}
            </s-text>
          </s-stack>
        </s-clickable>
      ))}
    </s-stack>
  );
};

/** Looks for a member by name, phone, e-mail or a scanned card. */
export const Find = ({ api, host, choose }: Props) => {
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useScans(api, (data) => {
    setTyped(data);
    setText(data.trim());
    api.scanner.hideCameraScanner();
  });
  // Each letter would be a question: the app is asked when staff stops typing.
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 400);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <s-section heading={say(host, 'find.title')}>
      <s-stack direction="block" gap="base">
        <s-search-field
          placeholder={say(host, 'find.placeholder')}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value ?? '')}
        />
        {api.scanner.sources.current.value.includes('camera') ? (
          <s-button onClick={() => api.scanner.showCameraScanner()}>{say(host, 'find.scan')}</s-button>
        ) : null}
        {text.length < shortest ? null : <Results host={host} text={text} choose={choose} />}
      </s-stack>
    </s-section>
  );
};
