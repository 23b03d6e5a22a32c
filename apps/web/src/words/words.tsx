import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { catalogue, type WordKey } from './catalogue';

export type Language = 'vi' | 'en';
export type { WordKey } from './catalogue';

type Parameters = Readonly<Record<string, string | number>>;

export interface Words {
  readonly language: Language;
  /** The words of the catalogue, with `{name}` filled in. */
  readonly say: (key: WordKey, parameters?: Parameters) => string;
  /** What the API says in both languages. */
  readonly told: (both: { readonly vi: string; readonly en: string }) => string;
  /** The words for a code of the API; the code itself where there are none yet. */
  readonly sayCode: (family: string, code: string) => string;
  readonly choose: (language: Language) => void;
}

const Context = createContext<Words | null>(null);
const STORED = 'dondoc.language';

function kept(): Language {
  return localStorage.getItem(STORED) === 'en' ? 'en' : 'vi';
}

function filled(text: string, parameters: Parameters): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(kept);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = useMemo<Words>(() => {
    const index = language === 'vi' ? 0 : 1;
    const known: Readonly<Record<string, readonly [string, string] | undefined>> = catalogue;
    return {
      language,
      say: (key, parameters) => {
        const text = catalogue[key][index];
        return parameters ? filled(text, parameters) : text;
      },
      told: (both) => both[language],
      sayCode: (family, code) => known[`${family}.${code}`]?.[index] ?? code,
      choose: (chosen) => {
        localStorage.setItem(STORED, chosen);
        setLanguage(chosen);
      },
    };
  }, [language]);
  return <Context value={words}>{children}</Context>;
}

export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error('useWords needs a WordsProvider above it');
  return words;
}
