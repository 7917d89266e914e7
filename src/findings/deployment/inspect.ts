import { assetRows } from './asset-rows.ts';
import { backupRows } from './backup-rows.ts';
import { clusterRows } from './cluster-rows.ts';
import { codeRows } from './code-rows.ts';
import { configRows } from './config-rows.ts';
import { distilleryRows } from './distillery-rows.ts';
import { dockerRows } from './docker-rows.ts';
import { migrationRows } from './migration-rows.ts';
import type { DeployInput, Observation, Seen } from './observation.ts';
import { platformRows } from './platform-rows.ts';
import { releaseRows } from './release-rows.ts';
import { Sources } from './sources.ts';
import { type TopicId, topics } from './topics.ts';
import { versionRows } from './version-rows.ts';

const rows = [
  configRows,
  codeRows,
  distilleryRows,
  releaseRows,
  dockerRows,
  versionRows,
  platformRows,
  clusterRows,
  migrationRows,
  backupRows,
  assetRows,
];

/**
 * What the way a project is built and run calls for: one observation a topic, in the catalogue's order, findings by
 * path and line. A project without the problem has none. Runs nothing and throws nothing.
 */
export function inspect(input: DeployInput, sources = new Sources(input.tree)): Observation[] {
  const all = rows.flatMap((row) => row(input, sources));
  return (Object.keys(topics) as TopicId[]).flatMap((topic) => {
    const own = all.filter((one) => one.topic === topic);
    return own.length === 0 ? [] : [{ topic, ...topics[topic], ...joined(own) }];
  });
}

function joined(all: readonly Seen[]): Pick<Observation, 'findings' | 'operations'> {
  const findings = new Map(
    all.flatMap((one) => one.findings).map((one) => [`${one.path}:${one.line}:${one.message}`, one]),
  );
  const operations = new Map(all.flatMap((one) => one.operations).map((one) => [JSON.stringify(one), one]));
  const ordered = [...findings.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
  return { findings: ordered, operations: [...operations.values()] };
}
