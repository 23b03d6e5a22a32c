import { type ReactNode, useId } from 'react';
import { useWords } from '../words/words';

interface SentencesCardProps {
  readonly title: string;
  readonly sentences: readonly { readonly vi: string; readonly en: string }[];
  /** Said when there are none. */
  readonly none?: ReactNode;
}

/** What is told of something, one sentence to a line. */
export function SentencesCard({ title, sentences, none }: SentencesCardProps) {
  const { told } = useWords();
  const id = useId();
  return (
    <section className="card card-body" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {sentences.length === 0 && none !== undefined && <p className="soft">{none}</p>}
      {sentences.map((sentence, index) => (
        <p key={`${sentence.vi} ${index}`}>{told(sentence)}</p>
      ))}
    </section>
  );
}
