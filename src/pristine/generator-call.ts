import { UpgradeError } from '../errors/error.ts';

/** One run of a generator: `phx.gen.auth Accounts User users --no-live`. */
export interface GeneratorCall {
  /** `phx.gen.auth` */
  readonly task: string;
  /** `Mix.Tasks.Phx.Gen.Auth` */
  readonly module: string;
  readonly args: readonly string[];
}

/** Generators that write code into a project. */
const tasks = [
  'auth',
  'channel',
  'context',
  'embedded',
  'html',
  'json',
  'live',
  'notifier',
  'presence',
  'release',
  'schema',
  'socket',
];

/** Reads a call as it would be given to `mix`. Throws `unknown-generator`. */
export function readCall(text: string): GeneratorCall {
  const [task = '', ...args] = words(text).filter((word, index) => !(index === 0 && word === 'mix'));
  const name = task.replace(/^phx\.gen\./, '');
  if (!tasks.includes(name)) throw new UpgradeError('unknown-generator', { call: text });
  const module = `Mix.Tasks.Phx.Gen.${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { task, module, args };
}

/** Words apart by spaces; quotes hold one together, as `"status:enum:open:closed"`. */
function words(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
