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

/** Where the page shows what is spoken of: among the matters to decide, on the directive's page, else where `other` says. */
export function pathTo(lifecycle: string | null, directive: string | null, other: string): string {
  if (lifecycle === 'escalation') return '/decisions';
  return directive === null ? other : `/directives/${directive}`;
}

/** The page of what a message is about. */
export function addressOf(
  { base }: PageAddresses,
  about: { readonly lifecycle: string | null; readonly directive: { readonly id: string } | null },
): string {
  return base + pathTo(about.lifecycle, about.directive?.id ?? null, '/inbox');
}
