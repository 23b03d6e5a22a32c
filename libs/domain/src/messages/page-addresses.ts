/** Addresses of the page that messages lead to. */
export interface PageAddresses {
  /** Without a slash at the end. */
  readonly base: string;
  /** Where the reader changes language and switches. */
  readonly settings: string;
}

export function pageAt(publicUrl: string): PageAddresses {
  const base = publicUrl.replace(/\/+$/, '');
  return { base, settings: `${base}/inbox` };
}

/** The page of what a message is about: the matter to decide, else the directive, else the inbox. */
export function addressOf(
  { base }: PageAddresses,
  about: {
    readonly lifecycle: string | null;
    readonly instance: string | null;
    readonly directive: { readonly id: string } | null;
  },
): string {
  if (about.lifecycle === 'escalation' && about.instance !== null)
    return `${base}/escalations/${about.instance}`;
  return about.directive === null ? `${base}/inbox` : `${base}/directives/${about.directive.id}`;
}
