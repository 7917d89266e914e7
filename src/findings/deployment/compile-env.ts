import { grouped } from '../../facts/grouped.ts';
import type { Operation } from '../../merge/operation.ts';
import type { FindingContext } from '../context.ts';
import { type Sighting, sighting } from '../rule.ts';
import { type PlacedRead, readsInBodies } from './compiled-keys.ts';

/**
 * `@sender Application.get_env(:shop, :sender)`: a value that the build fixes, read as if it could change. Where nothing sets it
 * at run time, `compile_env` says what happens; where something does, the module never sees that.
 */
export function compiledReads(context: FindingContext): Sighting[] {
  const reads = readsInBodies(context.build);
  const findings = reads.map((read) => {
    const says = isSetAtRunTime(read, context)
      ? 'what runtime.exs sets is never seen here: read it in a function'
      : 'Application.compile_env says so, or read it in a function';
    return { path: read.path, line: read.line, message: `is read when the module is compiled: ${says}` };
  });
  const mended = reads.filter((read) => read.keyPath !== null && !isSetAtRunTime(read, context));
  const operations = [...grouped(mended, ({ path }) => path)].map(([path, own]): Operation => {
    const keys = [...new Set(own.map(({ keyPath }) => (keyPath ?? []).slice(0, 2).join('.')))];
    return { kind: 'rewrite', path, task: { name: 'compile-env', keys } };
  });
  return sighting(findings, operations);
}

/**
 * Whether the key is set at run time, or may be: `compile_env` would then keep the release from booting. What new projects set in
 * runtime.exs, the endpoint, the repos and the mailer, comes there sooner or later.
 */
function isSetAtRunTime({ keyPath }: PlacedRead, { config, names }: FindingContext): boolean {
  if (keyPath === null || config.unknown.some(({ path }) => /(?:runtime|releases)\.exs$/.test(path))) return true;
  const [app, key = ''] = keyPath;
  if ([names.module, names.webModule].some((one) => key.startsWith(`${one}.`)) && /(?:Endpoint|Repo|Mailer)$/.test(key))
    return true;
  return config.entries.some(
    ({ keyPath: [otherApp, other], scope, variables, readsAtBuild, text }) =>
      otherApp === app &&
      other === key &&
      (scope.startsWith('runtime') || (readsAtBuild && variables.length > 0) || /\{:system\b|\$\{\w+\}/.test(text)),
  );
}
