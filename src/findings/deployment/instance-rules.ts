import type { Expr } from '../../elixir/ast.ts';
import { everyExpr } from '../../elixir/children.ts';
import { callName, functionsOf, type ModuleDefinition, modulesOf, ownBody, usesModule } from '../../elixir/module.ts';
import { plainText } from '../../elixir/plain-text.ts';
import { lineAt } from '../../elixir/position.ts';
import type { ElixirFile } from '../build-files.ts';
import type { FindingContext } from '../context.ts';
import type { Finding } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { areConnected, type Instances, severalInstances, shownPlace } from './instances.ts';
import { releaseNames } from './release-name.ts';

/** What one instance keeps or does for itself, where something says that several run. */
export const instanceRules: readonly ProjectRule[] = [
  {
    kind: 'project',
    id: 'unconnected-instances',
    topic: 'clustering',
    look: (context) => onSeveral(context, (instances) => unconnected(context, instances)),
  },
  {
    kind: 'project',
    id: 'local-uploads',
    topic: 'local-uploads',
    look: (context) => onSeveral(context, (instances) => uploads(context, instances)),
  },
  {
    kind: 'project',
    id: 'timers-per-instance',
    topic: 'timers-per-instance',
    look: (context) => onSeveral(context, (instances) => timers(context, instances)),
  },
];

function onSeveral(context: FindingContext, look: (instances: Instances) => readonly Sighting[]): readonly Sighting[] {
  const instances = context.build.hasDep('phoenix') ? severalInstances(context) : null;
  return instances === null ? [] : look(instances);
}

function placesOf({ path, source }: ElixirFile, exprs: readonly Expr[], message: string): Finding[] {
  return exprs.map(({ range }) => ({ path, line: lineAt(source.text, range.start), message }));
}

/** Broadcasts that stay on one instance, and long polling that comes back to another. */
function unconnected(context: FindingContext, instances: Instances): Sighting[] {
  if (areConnected(context)) return [];
  const why = `${shownPlace(instances)} runs several instances, and nothing connects them`;
  const told = context.build.libFiles(/broadcast|Presence/).flatMap((file) => {
    const own = everyExpr(file.source.body).filter((expr) => broadcasts.test(callName(expr) ?? ''));
    const message = `${why}: only those hear of this who are connected to the same one. Name the nodes (RELEASE_DISTRIBUTION, RELEASE_NODE) and start DNSCluster or libcluster`;
    return placesOf(file, own.slice(0, 1), message);
  });
  const polled = context.build.libFiles(/longpoll/).flatMap((file) => {
    const own = everyExpr(file.source.body).filter(isLongPolling);
    const message = `${why}: a request of long polling that reaches another one starts anew. Connect them, or let the proxy keep a client on its instance`;
    return placesOf(file, own.slice(0, 1), message);
  });
  return sighting([...told, ...polled]);
}

const broadcasts = /(?:^|\.)(?:PubSub|Endpoint|Presence)\.(?:broadcast(?:_from)?!?|track)$/;

/** `socket "/live", …, longpoll: [connect_info: …]` */
function isLongPolling(expr: Expr): boolean {
  return (
    expr.kind === 'pair' && expr.name === 'longpoll' && !(expr.value.kind === 'atom' && expr.value.name === 'false')
  );
}

/** Files that users send, kept on the disk of the instance that took them. */
function uploads(context: FindingContext, instances: Instances): Sighting[] {
  if (context.build.tree.paths.some((path) => mountsVolume(path, context))) return [];
  const message = `kept on the disk of one instance, and ${shownPlace(instances)} runs several: the others do not have the file. Keep it in object storage (an uploader's S3 storage, or a presigned upload of LiveView), or on a volume that all of them mount`;
  const configured = context.config.entries
    .filter(({ scope, text }) => scope !== 'dev' && scope !== 'test' && /^(?:Waffle|Arc)\.Storage\.Local$/.test(text))
    .map(({ path, line }) => ({ path, line, message }));
  const coded = context.build
    .libFiles(/Plug\.Upload|consume_uploaded_entr/)
    .flatMap((file) => modulesOf(file.source).flatMap((module) => placesOf(file, keptFiles(module), message)));
  return sighting([...configured, ...coded]);
}

/** Copies of files to a directory of the app's own, in modules that take uploads. */
function keptFiles(module: ModuleDefinition): Expr[] {
  const every = everyExpr(ownBody(module));
  const isOfApp = every.some(
    (expr) =>
      /(?:^|\.)(?:app_dir|priv_dir)$/.test(callName(expr) ?? '') ||
      /(?:^|\/)(?:priv|uploads?)(?:\/|$)/.test(plainText(expr) ?? ''),
  );
  return isOfApp ? every.filter((expr) => /^File\.(?:cp|cp_r|rename|copy)!?$/.test(callName(expr) ?? '')) : [];
}

/** A volume that a platform mounts may be shared: whoever did that has thought of it. */
function mountsVolume(path: string, { build }: FindingContext): boolean {
  if (!/\.(?:ya?ml|toml|tf)$/.test(path)) return false;
  const text = build.tree.read(path) ?? '';
  return (
    /ReadWriteMany|\bnfs\b|\befs\b|volumeMounts|\bmounts?\]/.test(text) && /upload|media|storage|files/i.test(text)
  );
}

/** Work that every instance repeats by its own clock, though it concerns what all of them share. */
function timers(context: FindingContext, instances: Instances): Sighting[] {
  // Of several releases it is not known which one the process is in, nor how many of that run.
  if (releaseNames(context.names, context.build).length > 1) return [];
  // Who asks which of the instances this is has thought of it.
  if (context.config.files.some(({ path }) => /INSTANCE_INDEX/.test(context.tree.read(path) ?? ''))) return [];
  const why = `every instance does this by its own clock, and ${shownPlace(instances)} runs several: it happens as many times`;
  const message = `${why}. Let Oban's cron plugin do it once, start the process as {:global, name} on connected nodes, or take a lock (pg_try_advisory_lock)`;
  const processes = context.build
    .libFiles(/send_after|send_interval/)
    .flatMap((file) => modulesOf(file.source).flatMap((module) => placesOf(file, rearmed(module), message)));
  const schedulers = areConnected(context)
    ? []
    : context.build.libFiles(/\bQuantum\b/).flatMap((file) =>
        placesOf(
          file,
          modulesOf(file.source).flatMap(({ body, call }) => (usesModule(body, 'Quantum') ? [call] : [])),
          message,
        ),
      );
  return sighting([...processes, ...schedulers]);
}

/** Timers that a process sets again and again, in a module that writes to the database or sends mail. */
function rearmed(module: ModuleDefinition): Expr[] {
  const body = ownBody(module);
  const every = everyExpr(body);
  const isOnce = every.some(
    (expr) =>
      (expr.kind === 'atom' && /^(?:global|pg)$/.test(expr.name)) ||
      (expr.kind === 'alias' && /^(?:Highlander|Horde|Singleton|Swarm|Oban)\b/.test(expr.name)) ||
      /advisory/.test(plainText(expr) ?? ''),
  );
  if (!usesModule(body, 'GenServer') || isOnce || !every.some(isSharedWork)) return [];
  const handlers = functionsOf(body).filter(({ name }) => name === 'handle_info');
  const again = everyExpr(functionsOf(body).flatMap((one) => one.body)).filter(isTimer);
  return handlers.length > 0 ? again.slice(0, 1) : [];
}

/** `:timer.send_interval(…)`, `Process.send_after(self(), …)` */
function isTimer(expr: Expr): boolean {
  if (callName(expr) === 'Process.send_after') return true;
  if (expr.kind !== 'call' || expr.target.kind !== 'dot' || expr.target.left.kind !== 'atom') return false;
  return expr.target.left.name === 'timer' && /^(?:send_interval|apply_interval)$/.test(expr.target.right ?? '');
}

function isSharedWork(expr: Expr): boolean {
  const name = callName(expr) ?? '';
  return (
    /(?:^|\.)Repo\.(?:insert|update|delete|insert_all|update_all|delete_all|transaction)!?$/.test(name) ||
    /(?:^|\.)Mailer\.deliver(?:_now|_later|_many)?!?$/.test(name)
  );
}
