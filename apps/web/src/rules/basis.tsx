import { Badge } from '../look/status-badge';
import { useWords } from '../words/words';
import type { LegalBasis } from './rules-shape';

/** Why a value is what it is, and whether somebody has checked that against a text in force. */
export function Basis({ basis: { text, document, article, verified } }: { readonly basis: LegalBasis }) {
  const { say } = useWords();
  const source = [article, document].filter(Boolean).join(', ');
  return (
    <span className="basis">
      <Badge tone={verified ? 'good' : 'plain'} icon={verified ? 'check' : 'search'}>
        {say(verified ? 'rules.verified' : 'rules.unverified')}
      </Badge>
      <span className="small soft">{source === '' ? text : `${source}. ${text}`}</span>
    </span>
  );
}
