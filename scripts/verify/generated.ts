import { BuildFiles } from '../../src/findings/build-files.ts';
import { findingContext } from '../../src/findings/context.ts';
import { seenBy } from '../../src/findings/find.ts';
import { authRules } from '../../src/findings/generated/auth-rules.ts';
import { readCall } from '../../src/pristine/generator-call.ts';
import { namesOf } from '../../src/pristine/naming.ts';
import { evaluateGenerators } from '../../src/pristine/sources/hex/generator.ts';
import { packageRoot } from '../../src/pristine/sources/hex/package.ts';
import { evaluateProject } from '../../src/pristine/sources/hex/project.ts';
import { compareVersions, isStable } from '../../src/pristine/versions.ts';
import { readProject } from '../../src/project/project.ts';
import { type FileTree, joinedTrees, memoryTree } from '../../src/project/tree.ts';
import { CheckoutSource } from '../checkout-source.ts';
import { type Check, say } from './check.ts';
import { othersAlike } from './generated-alike.ts';
import { contextsHold } from './generated-contexts.ts';
import { waysHold } from './generated-way.ts';
import { below, filesOfTag, tagsOf } from './tags.ts';

/**
 * Runs `phx.gen.auth` of every version at the tags of a clone of Phoenix, with LiveView and without, and holds what the rules for
 * its code say against the version that each names: said of what older versions write, and of nothing newer.
 */
export const generated: Check = {
  says: 'PHOENIX PHX_GEN_AUTH [VERSION]: code of phx.gen.auth, context, html, json and live of each version is what is said of it, and becomes what the target writes',
  run: async (input) => {
    const {
      rest: [phoenix, apart, pattern = ''],
    } = input;
    if (phoenix === undefined || apart === undefined)
      throw new Error('Give clones of Phoenix and of phx_gen_auth after the directory.');
    const isSaid = await holdsForAll(phoenix, pattern);
    const source = new CheckoutSource({ phoenix, apart });
    const isKept = contextsHold(source, new RegExp(pattern));
    const isAlike = othersAlike(source);
    return (await waysHold(source, new RegExp(pattern))) && isSaid && isKept && isAlike;
  },
};

/** First version whose code a rule has nothing to say of. */
const settled: Readonly<Record<string, string>> = {
  'auth-live-socket': '1.7.0',
  'auth-csrf-token': '1.7.12',
  'auth-disconnect': '1.8.0',
  'auth-email-format': '1.8.0',
  'auth-return-to': '1.8.12',
};
/** Logins that keep the session came with 1.8. */
const began: Readonly<Record<string, string>> = { 'auth-return-to': '1.8.0' };

async function holdsForAll(repository: string, pattern: string): Promise<boolean> {
  const versions = tagsOf(repository)
    .map((tag) => tag.slice(1))
    .filter(
      (version) => isStable(version) && compareVersions(version, '1.6.0') >= 0 && new RegExp(pattern).test(version),
    )
    .sort(compareVersions);
  let [held, faults] = [0, 0];
  for (const version of versions) {
    for (const flags of compareVersions(version, '1.7.0') < 0 ? [''] : [' --live', ' --no-live']) {
      const wrong = faultsOf(repository, version, `phx.gen.auth Identity Member people --table folk${flags}`);
      for (const fault of wrong) say(`${version}${flags}: ${fault}`);
      if (wrong.length === 0) held += 1;
      else faults += 1;
    }
  }
  say(`${versions.length} versions, ${held} generated logins as said, ${faults} not`);
  return faults === 0;
}

function faultsOf(repository: string, version: string, call: string): string[] {
  try {
    // Only what has LiveViews disconnects them.
    const isLive = call.endsWith(' --live');
    const said = new Set(rulesThatSee(projectWith(repository, version, call)));
    return authRules.flatMap(({ id }) => {
      const isOlder = compareVersions(version, settled[id] ?? '1.6.0') < 0 || (id === 'auth-disconnect' && !isLive);
      const expected = isOlder && compareVersions(version, began[id] ?? '1.6.0') >= 0;
      return said.has(id) === expected ? [] : [`${id} is ${expected ? 'not ' : ''}said`];
    });
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function projectWith(repository: string, version: string, call: string): FileTree {
  const files = filesOfTag(repository, `v${version}`, ['installer', 'usage-rules', 'priv', 'lib', 'mix.exs']);
  const parent = packageRoot.replace(/\/[^/]*$/, '');
  const phoenix = new Map([...files].filter(([path]) => !path.startsWith('installer/')));
  const beside = new Map([...phoenix].map(([path, bytes]) => [`${parent}/${path}`, bytes]));
  const world = { elixir: '1.18.4', otp: '27.3.4' };
  const request = { version, flags: [], names: namesOf('sample_app', []), calls: [readCall(call)] };
  const project = evaluateProject({ files: below(files, 'installer'), beside }, request, world);
  return joinedTrees(evaluateGenerators({ phoenix, project, request }, world).tree, ownPage);
}

/** A LiveView, so that what concerns them is said of logins without any too. */
const ownPage = memoryTree(
  new Map([
    [
      'lib/sample_app_web/live/own_page.ex',
      { bytes: Buffer.from('defmodule SampleAppWeb.OwnPage do\n  use SampleAppWeb, :live_view\nend\n') },
    ],
  ]),
);

function rulesThatSee(tree: FileTree): string[] {
  const project = readProject(tree);
  const target = { elixir: null, otp: null, debian: null, liveView: null, scripts: null, styles: null, profile: null };
  const build = new BuildFiles(project.sources);
  const context = findingContext(project, { build, facts: [], target, migrations: [] });
  return authRules.filter((rule) => seenBy(rule, context).findings.length > 0).map(({ id }) => id);
}
