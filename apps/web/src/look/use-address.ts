import { useSearchParams } from 'react-router';

/** What narrows a page lives in its address, so that it can be sent to somebody and gone back to. An empty value is none. */
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return { search, set, setSearch };
}
