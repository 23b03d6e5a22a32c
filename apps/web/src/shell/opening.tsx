import { useWords } from '../words/words';

/** What stands there until it is known who comes: the same as before the script has come. */
export function Opening() {
  const { say } = useWords();
  return (
    <main className="opening">
      <img src="/icon.svg" alt={say('app.name')} width={56} height={56} />
    </main>
  );
}
