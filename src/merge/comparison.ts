import type { Address, AddressMap } from '../facts/address.ts';
import type { Fact } from '../facts/fact.ts';
import type { FactEdit, KeyRename } from './edits/edit-context.ts';
import type { Ruling } from './verdict.ts';

/** One address of the generator's with what its three values come to. */
export interface Comparison extends Ruling {
  readonly address: Address;
  readonly yours: Fact | null;
  /** Set where `yours` stands under the key's former name. */
  readonly rename?: KeyRename;
  /** Address in another scope from which the key moves here, where `yours` stands. */
  readonly movedFrom?: Address;
  /** Address above this one where a value of another shape stands, which goes. */
  readonly replaces?: Address;
  /** Values that single environments keep, although the new one holds for all. */
  readonly restores?: NonNullable<FactEdit['restores']>;
  /** Whether a person should look before it is taken, because of what still stands around it. */
  readonly review?: boolean;
  /** Where else the key was found, why nothing is edited, who still uses what would go. */
  readonly note?: string;
}

/** The project's facts by address. */
export type FactMap = AddressMap<Fact>;
