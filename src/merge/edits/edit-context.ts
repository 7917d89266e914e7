import type { KnownVersions } from '../../docker/image.ts';
import type { ConfigEntry } from '../../elixir/config/model.ts';
import type { Address, AddressMap } from '../../facts/address.ts';
import type { Fact } from '../../facts/fact.ts';
import type { Project } from '../../project/project.ts';

/** What editing one change needs to know of the project and of the target. */
export interface EditContext {
  readonly project: Project;
  /** The project's facts by address. */
  readonly yours: AddressMap<Fact>;
  /** The target's values by address, in the generator's order. */
  readonly target: AddressMap<string>;
  /** Where each config fact stands; the last of several calls is the one that counts. */
  readonly entries: AddressMap<readonly ConfigEntry[]>;
  /** Versions that the project states, for what a Dockerfile names. */
  readonly versions: KnownVersions;
  /** Text for a new signing salt at an address: the same for the same project. */
  readonly salt: (address: Address) => string;
}

/** One address that is to have another value, or none. */
export interface FactEdit {
  readonly address: Address;
  /** Null where the project states nothing. */
  readonly yours: Fact | null;
  /** Display text; null to take the fact away. */
  readonly result: string | null;
  /** The key that this one was called so far; `yours` stands there. */
  readonly rename?: KeyRename;
  /** The address in another scope that it moves from; `yours` stands there. */
  readonly movedFrom?: Address;
  /** The address above this one where a value of another shape stands, which goes first. */
  readonly replaces?: Address;
  /** Values that single environments keep, although the new one holds for all. */
  readonly restores?: readonly { readonly environment: string; readonly value: string }[];
}

/** A key path of config that is called otherwise from now on. */
export interface KeyRename {
  /** Address so far. */
  readonly address: Address;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The keys below that go along; without it all do. */
  readonly keys?: readonly string[];
}
