import { Button, Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords, type WordKey } from '../words/words';
import { Dialog } from './dialog';
import { isTyping, useSingleKeys } from './single-keys';
import './key-help.css';

export type KeyLine = readonly [keys: readonly string[], what: WordKey];

/** What the keys of a page do, behind a button and "?"; and where those of one letter are turned off. */
export function KeyHelp({ keys }: { readonly keys: readonly KeyLine[] }) {
  const { say } = useWords();
  const { isOn, set } = useSingleKeys();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (key === '?' && isOn && !ctrlKey && !metaKey && !altKey && !isTyping(target)) setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn]);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        className="key-help no-print"
        onClick={() => setOpen(true)}
        rightSection={isOn && <kbd aria-hidden="true">?</kbd>}
      >
        {say('keys.open')}
      </Button>
      {isOpen && (
        <Dialog title={say('keys.title')} close={() => setOpen(false)}>
          <dl className={`key-list ${isOn ? '' : 'key-list-off'}`}>
            {keys.map(([combination, what]) => (
              <div key={what}>
                <dt>
                  {combination.map((one) => (
                    <kbd key={one}>{one}</kbd>
                  ))}
                </dt>
                <dd>{say(what)}</dd>
              </div>
            ))}
          </dl>
          <Checkbox
            mt="md"
            label={say('keys.single')}
            description={say('keys.singleHint')}
            checked={isOn}
            onChange={(event) => set(event.currentTarget.checked)}
          />
        </Dialog>
      )}
    </>
  );
}
