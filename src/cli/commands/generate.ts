import { randomBytes } from 'node:crypto';
import { jsonText } from '../../plan/escape.ts';
import { flagsFor } from '../../pristine/flags.ts';
import { readCall } from '../../pristine/generator-call.ts';
import { namesOf } from '../../pristine/naming.ts';
import { writeProject } from '../../pristine/write-project.ts';
import { generateText } from '../../report/text/outcome.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { flagsGiven, sourcesFor, versionMeant } from '../sources.ts';

export const run: CommandRun = async (invocation, cli) => {
  const {
    options,
    arguments: [wanted = '', directory = ''],
  } = invocation;
  const sources = await sourcesFor(invocation, cli);
  const version = await versionMeant(wanted, sources);
  const given = flagsGiven(invocation, [version], cli);
  const { flags } = flagsFor(version, given.flags);
  const app = options.app ?? given.names.app ?? 'sample_app';
  const module = options.module ?? given.names.module;
  const names = namesOf(app, flags, { ...given.names, ...(module === undefined ? {} : { module }) });
  const calls = (options.generator ?? []).map(readCall);
  const { kind, tree } = await writeProject(sources, { version, flags, names, calls }, directory, randomBytes);
  const project = { version, flags, source: kind, directory, files: tree.paths.length };
  if (!wantsJson(options)) return done(generateText(project));
  const { generateDocument } = await import('../../report/document/pristine.ts');
  return done(jsonText(generateDocument(project, cli.version)));
};
