import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { type CommandDeclaration, commands, declarationOf } from '../../src/cli/declarations.ts';
import { dispatch } from '../../src/cli/dispatch.ts';
import { HelpAsked, parseCommand } from '../../src/cli/parser.ts';
import { repository } from '../cli/fixture.ts';
import { phxUpgrade } from '../cli/program.ts';
import { scratch } from '../support/pristine.ts';
import {
  commandLines,
  documents,
  isDefined,
  links,
  namedDefinitions,
  namedFiles,
  ownTools,
  root,
  textOf,
} from './documented.ts';

describe.each(documents)('%s', (document) => {
  const text = textOf(document);
  const lines = commandLines(text);

  test('names commands that exist, with options that they have', () => {
    for (const line of lines) expect(understood(line), line).toBe(true);
  });

  test.runIf(lines.length > 0)(
    'has commands that end as declared, run one after the other on the shop',
    { timeout: 300_000 },
    async () => {
      const project = await shop();
      for (const line of lines) {
        // A pack needs an Elixir to build it; what is said about one is read, above, and not run.
        if (line.includes('.pack')) continue;
        const words = line.split(' ').filter(Boolean);
        const { code, stderr } = await phxUpgrade(words, placeOf(words, project));
        expect(exitsOf(line), `${line}: ${stderr}`).toContain(code);
      }
    },
  );

  test('names and links to files that exist, and calls scripts that exist', () => {
    const here = dirname(join(root, document));
    for (const link of links(text)) expect(existsSync(join(here, link)), link).toBe(true);
    for (const path of namedFiles(text)) expect(existsSync(join(root, path)), path).toBe(true);
    const { scripts, paths } = ownTools(text);
    for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script);
    for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test('names functions and types that exist', () => {
    // Modules of the examples' apps look the same.
    const names = namedDefinitions(text).filter((name) => !/Web$/.test(name));
    expect(names.filter((name) => !isDefined(name))).toEqual([]);
  });
});

function understood(line: string): boolean {
  const { command, rest } = dispatch(line.split(' ').filter(Boolean));
  try {
    parseCommand(declarationOf(command ?? 'plan'), rest);
    return true;
  } catch (error) {
    if (error instanceof HelpAsked) return true;
    throw error;
  }
}

/** A copy of the shop as a repository; `app` in it is a copy, too, and `plan.json` a plan that was saved. */
async function shop(): Promise<string> {
  prepared ??= preparedShop();
  const project = scratch('documented');
  cpSync(await prepared, project, { recursive: true, preserveTimestamps: true });
  return project;
}

let prepared: Promise<string> | undefined;

async function preparedShop(): Promise<string> {
  const project = repository('shop');
  await phxUpgrade(['plan', '--source', 'snapshots', '--json', '--output', 'plan.json'], project);
  return project;
}

function placeOf(words: readonly string[], project: string): string {
  return words.includes('app') ? withApp(project) : project;
}

function withApp(project: string): string {
  const above = scratch('above');
  cpSync(project, join(above, 'app'), { recursive: true });
  return above;
}

/** Exit codes that a command may end with here: as declared, or 4 where there is nothing to take up again. */
function exitsOf(line: string): readonly number[] {
  if (/^apply.* --(resume|abort)\b/.test(line)) return [4];
  // The packages of the shop are not there: its own commands fail before anything is written.
  if (/^apply.* --(verify|bisect)\b/.test(line)) return [5];
  if (line.startsWith('undo')) return [0, 4];
  const declaration: CommandDeclaration | undefined = commands.find(({ name }) => name === line.split(' ')[0]);
  // The worktree is clean and no apply is unfinished: what a document says must not lead into an unsafe state.
  return declaration?.exits.filter((code) => code !== 5) ?? [0];
}
