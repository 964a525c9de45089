/** What shows that the new release answers, the strongest first. */
export type Evidence =
  | { readonly kind: 'commit'; readonly seen: string }
  | { readonly kind: 'host'; readonly seen: string }
  | { readonly kind: 'asset'; readonly seen: string };
