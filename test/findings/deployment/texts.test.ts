import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functionsOf, modulesOf } from '../../../src/elixir/module.ts';
import { parse } from '../../../src/elixir/parse.ts';
import {
  environmentScript,
  migrateScript,
  releaseModule,
  serverScript,
} from '../../../src/findings/deployment/texts.ts';
import { scratch } from '../../support/pristine.ts';

/** Runs a script beside a release that says how it was called. */
function called(script: string): string {
  const bin = join(scratch('a release'), 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'atelier'), '#!/bin/sh\necho "$PHX_SERVER: $*"\n');
  writeFileSync(join(bin, 'script'), script);
  for (const name of ['atelier', 'script']) chmodSync(join(bin, name), 0o755);
  return execFileSync(join(bin, 'script'), {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PHX_SERVER: '' },
  });
}

describe('files that a project gets', () => {
  test('bin/server starts the release with its web server, from any directory', () => {
    expect(called(serverScript(['atelier']))).toBe('true: start\n');
  });

  test('bin/migrate migrates without starting the web server', () => {
    expect(called(migrateScript(['atelier'], 'Atelier.Release.migrate'))).toBe(': eval Atelier.Release.migrate\n');
  });

  test('a script that lies in several releases calls the one it lies in', () => {
    const script = migrateScript(['press', 'atelier'], 'Atelier.Release.migrate');
    expect(called(script)).toBe(': eval Atelier.Release.migrate\n');
    expect(() => called(migrateScript(['press', 'bindery'], 'Atelier.Release.migrate'))).toThrow();
  });

  test('the release module migrates and rolls back', () => {
    const source = parse(releaseModule('Atelier.Release', 'atelier'));
    expect(source.problems).toEqual([]);
    const [module] = modulesOf(source);
    const shown = functionsOf(module?.body ?? []).filter(({ kind }) => kind === 'def');
    expect([module?.name, ...shown.map(({ name, args }) => `${name}/${args.length}`)]).toEqual([
      'Atelier.Release',
      'migrate/0',
      'rollback/2',
    ]);
  });

  test.each([
    ['a long name', { long: true, name: 'atelier@10.0.0.1' }, 'name atelier@10.0.0.1\n'],
    ['a short name', { long: false, name: 'atelier' }, 'sname atelier\n'],
    ['no name', null, 'none\n'],
  ])('env.sh.eex keeps %s', (_name, node, expected) => {
    const script = `${environmentScript(node, 'sesame')}\necho $RELEASE_DISTRIBUTION $RELEASE_NODE\n`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { PATH: process.env.PATH } })).toBe(expected);
    expect(script).not.toContain('sesame');
  });
});
