import { diffText, pristineDiff } from '../../diff/pristine-diff.ts';
import { jsonText, manyLines } from '../../plan/escape.ts';
import { readCall } from '../../pristine/generator-call.ts';
import { type CommandRun, done, wantsJson } from '../invocation.ts';
import { usage } from '../parser.ts';
import { flagsGiven, sourcesFor, versionMeant } from '../sources.ts';

export const run: CommandRun = async (invocation, cli) => {
  const {
    options,
    arguments: [wantedFrom = '', wantedTo = ''],
  } = invocation;
  if (options.stat && options.nameOnly) throw usage('diff', '--stat and --name-only exclude each other.');
  const sources = await sourcesFor(invocation, cli);
  const [from, to] = [await versionMeant(wantedFrom, sources), await versionMeant(wantedTo, sources)];
  const { flags, names } = flagsGiven(invocation, [from, to], cli);
  const path = cli.context.env.PATH;
  const calls = (options.generator ?? []).map(readCall);
  const result = await pristineDiff(sources, { from, to, flags, names, include: options.include ?? [], calls, path });
  if (wantsJson(options)) {
    const { diffDocument } = await import('../../report/document/pristine.ts');
    return done(jsonText(diffDocument(result, cli.version)));
  }
  const form = options.stat ? 'stat' : options.nameOnly ? 'name-only' : 'patch';
  const text = diffText(result.diff, form);
  // A terminal gets it escaped; a file or a pipe as git apply takes it.
  return done(cli.context.stdout.isTerminal && options.output === undefined ? manyLines(text) : text);
};
