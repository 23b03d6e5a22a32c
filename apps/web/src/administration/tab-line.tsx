import { NavLink } from 'react-router';
import { useWords, type WordKey } from '../words/words';

interface Props {
  readonly label: WordKey;
  readonly tabs: readonly { readonly to: string; readonly name: WordKey }[];
}

/** Parts of one page, each with an address of its own. */
export function TabLine({ label, tabs }: Props) {
  const { say } = useWords();
  return (
    <nav className="tabs-line" aria-label={say(label)}>
      {tabs.map(({ to, name }) => (
        <NavLink key={to} to={to}>
          {say(name)}
        </NavLink>
      ))}
    </nav>
  );
}
