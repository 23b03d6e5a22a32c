import { useQuery } from '@tanstack/react-query';
import type { Directive } from '../api/client';
import { sourceQuery } from '../api/queries';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

/** The passage of the document that ordered it, word for word. */
export function SourceWords({ directive }: { readonly directive: Directive }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const { data: source } = useQuery(sourceQuery(directive.id));
  if (!source) return null;
  const { document, words } = source;
  const said = [document?.number, document?.issuedOn && time.shortDay(document.issuedOn)].filter(Boolean);
  return (
    <section className="card card-body" aria-labelledby="words">
      <h2 id="words">{say('page.words')}</h2>
      {words === null ? (
        <p className="soft">{directive.source.note ?? say('page.byHand')}</p>
      ) : (
        <blockquote className="source-words" lang="vi">
          <Marked text={words} phrase={directive.deadlinePhrase} />
        </blockquote>
      )}
      {document && (
        <p className="small soft">
          {[
            ...said,
            document.issuingBody,
            directive.sectionRef && say('page.section', { ref: directive.sectionRef }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </section>
  );
}

/** The words about the deadline stand out among the others. */
function Marked({ text, phrase }: { readonly text: string; readonly phrase: string | null }) {
  const at = phrase === null ? -1 : text.indexOf(phrase);
  if (phrase === null || at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{phrase}</mark>
      {text.slice(at + phrase.length)}
    </>
  );
}
