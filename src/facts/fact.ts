import type { Address } from './address.ts';

/** One addressable thing that a project states. Names in `address` and `value` are the project's own. */
export interface Fact {
  /** `config/prod/shop.ShopWeb.Endpoint.force_ssl`; see docs/facts.md for every form. */
  readonly address: Address;
  /** One-line text as `display` makes it; for files a hash of the canonical text. */
  readonly value: string;
  /** Where a project states it; absent in history. */
  readonly at?: Place;
}

/** A place in a file of the project; lines count from 1. */
export interface Place {
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
}
