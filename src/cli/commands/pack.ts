import { jsonText } from '../../plan/escape.ts';
import { buildPack, flagSetsOf, listPack, type PackedProject } from '../../pristine/sources/pack/pack-build.ts';
import type { PristineSource } from '../../pristine/sources/source.ts';
import { releaseLine } from '../../pristine/versions.ts';
import { packText } from '../../report/text/outcome.ts';
import { type CommandContext, type CommandRun, done, type Invocation, wantsJson } from '../invocation.ts';
import { allVersions, sourcesFor, versionMeant } from '../sources.ts';

export const run: CommandRun = async (invocation, cli) => {
  const {
    options,
    arguments: [action, file = ''],
  } = invocation;
  const projects = action === 'build' ? await build(file, invocation, cli) : await listPack(file);
  if (!wantsJson(options)) return done(packText(file, projects));
  const { packDocument } = await import('../../report/document/pristine.ts');
  return done(jsonText(packDocument(file, projects, cli.version)));
};

async function build(file: string, invocation: Invocation, cli: CommandContext): Promise<readonly PackedProject[]> {
  const { versions: wanted, flagsSets } = invocation.options;
  const sources = await sourcesFor(invocation, cli);
  const versions = wanted ? await meant(wanted, sources) : await newestOfEachLine(sources);
  return buildPack(file, { versions, flagSets: flagSetsOf(flagsSets ?? 'default') }, sources, cli.progress);
}

function meant(wanted: readonly string[], sources: readonly PristineSource[]): Promise<string[]> {
  return Promise.all(wanted.map((version) => versionMeant(version, sources)));
}

async function newestOfEachLine(sources: readonly PristineSource[]): Promise<string[]> {
  const versions = (await allVersions(sources)).versions.map(({ version }) => version);
  return versions.filter((version, index) => releaseLine(version) !== releaseLine(versions[index + 1] ?? ''));
}
