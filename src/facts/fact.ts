import type { FactArea } from './area.ts';

/** One addressable thing that a project states. Names in `address` and `value` are the project's own. */
export interface Fact {
  /** `config/prod/shop.ShopWeb.Endpoint.force_ssl`; see docs/facts.md for every form. */
  readonly address: string;
  readonly area: FactArea;
  /** Member of an umbrella that states it; null elsewhere and for config, which umbrellas share. */
  readonly member: Member | null;
  /** Key path below the area, `['prod', 'shop', 'ShopWeb.Endpoint', 'force_ssl']`. */
  readonly path: readonly string[];
  /** One-line text as `display` makes it; for files a hash of the canonical text. */
  readonly value: string;
  /** Where a project states it; absent in history. */
  readonly at?: Place;
}

/** A part of an umbrella: its root, the app with the business modules, the app with the endpoint. */
export type Member = 'root' | 'core' | 'web';

/** A place in a file of the project; lines count from 1. */
export interface Place {
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
}
