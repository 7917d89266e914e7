import { type Names, placeholders, renameTokens } from '../elixir/names.ts';
import type { FactArea, Member } from './area.ts';

/**
 * Where a fact stands: area, member of an umbrella, key path. A value: two of one text are equal. Text is for snapshots,
 * topics and JSON; everything between asks the address. docs/facts.md lists every form.
 */
export class Address {
  /** `config/prod/shop.ShopWeb.Endpoint.force_ssl`. */
  readonly text: string;
  readonly area: FactArea;
  readonly member: Member | null;
  /** Where in the text the path begins. */
  readonly #start: number;
  #path: readonly string[] | undefined;

  constructor(text: string) {
    const slash = text.indexOf('/');
    const [area, member] = text.slice(0, slash).split('@');
    this.text = text;
    this.area = area as FactArea;
    this.member = (member ?? null) as Member | null;
    this.#start = slash + 1;
  }

  /** Key path below the area. Names must be the project's own, no placeholders: a module's name is one key. */
  get path(): readonly string[] {
    this.#path ??= pathOf(this.area, this.text.slice(this.#start));
    return this.#path;
  }

  /** Everything behind area and member. */
  get pathText(): string {
    return this.text.slice(this.#start);
  }

  /** Of config: `all`, `prod`, `runtime:prod`; empty elsewhere. */
  get scope(): string {
    return this.area === 'config' ? (this.path[0] ?? '') : '';
  }

  /** Of config: the keys below the scope; empty elsewhere. */
  get keyPath(): readonly string[] {
    return this.area === 'config' ? this.path.slice(1) : [];
  }

  /** Whether two name the same config key, be it in different scopes. */
  hasKeyOf(other: Address): boolean {
    return this.area === 'config' && other.area === 'config' && this.#key === other.#key;
  }

  get #key(): string {
    return this.text.slice(this.text.indexOf('/', this.#start) + 1);
  }

  /** The same config key in another scope. */
  inScope(scope: string): Address {
    return new Address(`config/${scope}/${this.#key}`);
  }

  /** The last key by another name. */
  withLast(key: string): Address {
    return new Address(this.text.slice(0, this.text.lastIndexOf('.') + 1) + key);
  }

  /** Another path of the same area and member. */
  beside(path: string): Address {
    return new Address(this.text.slice(0, this.#start) + path);
  }

  /** With placeholders for a project's names: area and member stay, also where an app is called `web` or `config`. */
  withoutNames(names: Names): Address {
    return this.beside(renameTokens(this.pathText, names, placeholders));
  }

  below(key: string): Address {
    return new Address(`${this.text}.${key}`);
  }

  isBelow(other: Address): boolean {
    return this.text.startsWith(`${other.text}.`);
  }

  /** The keys from an address above to this one, as text. */
  textBelow(above: Address): string {
    return this.text.slice(above.text.length + 1);
  }

  /** The addresses above, from the app or first key downwards. */
  get ancestors(): readonly Address[] {
    return [...this.text.matchAll(/\./g)].map(({ index }) => new Address(this.text.slice(0, index)));
  }

  /** The dep, plug or socket that an option is of; null for anything else. */
  get owner(): Address | null {
    const [owner = ''] = this.path;
    const hasOptions = this.area === 'deps' || (this.area === 'endpoint' && /(^|\/)(plug|socket)\//.test(owner));
    return hasOptions && this.path.length > 1 ? this.beside(owner) : null;
  }

  /** Whether it states an order: of children, plugs and sockets, of the instructions of a Dockerfile's stage. */
  get isOrder(): boolean {
    const { pathText } = this;
    if (this.area === 'docker') return /^\w+\.order$/.test(pathText);
    return (this.area === 'supervision' || this.area === 'endpoint') && /^(?:code_reloading\/)?order$/.test(pathText);
  }

  /** Whether it belongs to what `mix phx.gen.release --docker` adds. */
  get isRelease(): boolean {
    return this.area === 'docker' || this.area === 'release';
  }

  equals(other: Address): boolean {
    return this.text === other.text;
  }

  toString(): string {
    return this.text;
  }
}

/** An address from its parts. */
export function addressOf(area: FactArea, member: Member | null, path: readonly string[]): Address {
  const place = member ? `${area}@${member}` : area;
  const joint = area === 'config' ? [path[0] ?? '', path.slice(1).join('.')] : [path.join('.')];
  return new Address([place, ...joint].join('/'));
}

/** The address of a whole file, by its generated path. */
export function fileAddress(path: string): Address {
  return new Address(`file/${path}`);
}

/** Values by address. */
export class AddressMap<Value> {
  readonly #entries = new Map<string, readonly [Address, Value]>();

  constructor(entries: Iterable<readonly [Address, Value]> = []) {
    for (const [address, value] of entries) this.set(address, value);
  }

  set(address: Address, value: Value): void {
    this.#entries.set(address.text, [address, value]);
  }

  get(address: Address): Value | undefined {
    return this.#entries.get(address.text)?.[1];
  }

  has(address: Address): boolean {
    return this.#entries.has(address.text);
  }

  get size(): number {
    return this.#entries.size;
  }

  get addresses(): Address[] {
    return [...this.#entries.values()].map(([address]) => address);
  }

  get values(): Value[] {
    return [...this.#entries.values()].map(([, value]) => value);
  }

  /** By address as text, for what leaves the program. */
  get byText(): Map<string, Value> {
    return new Map([...this.#entries].map(([text, [, value]]) => [text, value]));
  }

  [Symbol.iterator](): Iterator<readonly [Address, Value]> {
    return this.#entries.values();
  }
}

/** A set of addresses. */
export class AddressSet {
  readonly #texts: ReadonlySet<string>;

  constructor(addresses: Iterable<Address>) {
    this.#texts = new Set(Array.from(addresses, ({ text }) => text));
  }

  has({ text }: Address): boolean {
    return this.#texts.has(text);
  }
}

/** Where one member of an umbrella begins: `deps@web/phoenix` is `deps/phoenix` in member `web`. For addresses as text. */
export function withoutMember(address: string): { address: string; member: Member | null } {
  const match = /^([a-z]+)@(root|core|web)\//.exec(address);
  if (!match) return { address, member: null };
  const rest = address.slice(match[0].length);
  return { address: `${match[1]}/${rest}`, member: match[2] as Member };
}

function pathOf(area: FactArea, text: string): string[] {
  switch (area) {
    case 'config': {
      const slash = text.indexOf('/');
      return [text.slice(0, slash), ...keyPath(text.slice(slash + 1))];
    }
    case 'deps':
    case 'mix':
      return splitOnce(text);
    case 'supervision':
      return text.startsWith('options.') ? splitOnce(text) : [text];
    case 'endpoint':
      return endpointPath(text);
    case 'web':
      return text.startsWith('router.') ? text.split('.') : keyPath(text);
    default:
      return [text];
  }
}

/** Keys of config and options, a module's name being one key: `shop.ShopWeb.Endpoint.http` has three. */
function keyPath(text: string): string[] {
  const keys: string[] = [];
  for (const part of text.split('.')) {
    const last = keys.at(-1);
    if (/^[A-Z]/.test(part) && last !== undefined && /^[A-Z]/.test(last)) keys[keys.length - 1] = `${last}.${part}`;
    else keys.push(part);
  }
  return keys;
}

/** `aliases.assets.deploy` names the alias `assets.deploy`; further keys of `project` are a path. */
function splitOnce(text: string): string[] {
  const dot = text.indexOf('.');
  if (dot === -1 || text.includes('(')) return [text];
  const [head, rest] = [text.slice(0, dot), text.slice(dot + 1)];
  return head === 'aliases' ? [head, rest] : [head, ...rest.split('.')];
}

/** `plug/Plug.Static.gzip` is an option of an entry; a socket's path holds no dot. */
function endpointPath(text: string): string[] {
  const match =
    /^((?:code_reloading\/)?(?:plug\/(?::\w+|(?:[A-Z]\w*)(?:\.[A-Z]\w*)*)|socket\/[^.]*)(?:[@#][^.]*)?)(?:\.(.*))?$/.exec(
      text,
    );
  if (!match?.[1]) return text.split('.');
  return [match[1], ...(match[2] ? match[2].split('.') : [])];
}
