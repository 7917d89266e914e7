import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openUpgrade, type UpgradeOptions } from '../../src/library/open.ts';
import { SnapshotStore } from '../../src/pristine/snapshots.ts';
import { bindery } from '../cli/bindery.ts';
import { committed, plainEnvironment } from '../cli/built.ts';
import { LocalRepository, tarballOf, testKey } from '../pristine/sources/hex/signed-registry.ts';
import { smallInstaller } from '../pristine/sources/hex/small-installer.ts';

const known = new SnapshotStore().index.versions.at(-1);
const project = committed('newest', bindery);
let remote: LocalRepository;
let said: string[];

beforeEach(async () => {
  remote = new LocalRepository();
  await remote.start();
  said = [];
});

afterEach(() => remote.stop());

/** Publishes installers; each of `broken` ends in what no evaluator knows. */
async function publish(versions: readonly string[], broken: readonly string[] = []): Promise<void> {
  const task = {
    'lib/mix/tasks/phx.new.ex': 'defmodule Mix.Tasks.Phx.New do\n  def run(_), do: System.halt(1)\nend\n',
  };
  const releases = [...versions, ...broken].map(async (version) => {
    const files = { ...smallInstaller(version), ...(broken.includes(version) ? task : {}) };
    return { version, tarball: await tarballOf(files) };
  });
  remote.publish('phx_new', await Promise.all(releases));
}

async function opened(options: UpgradeOptions = {}, env: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'phx-upgrade-newest-'));
  writeFileSync(join(home, 'key.pem'), testKey);
  const key = { HEX_MIRROR: remote.url, PHX_UPGRADE_HEX_KEY: join(home, 'key.pem'), HEX_OFFLINE: '' };
  const progress = (line: string) => said.push(line);
  const all = { ...plainEnvironment, ...key, HOME: home, XDG_CACHE_HOME: home, ...env };
  return openUpgrade(project, options, { env: all, platform: 'linux', progress });
}

async function target(options: UpgradeOptions = {}, env: Readonly<Record<string, string>> = {}): Promise<string> {
  return (await opened(options, env)).plan.to;
}

describe('the target of a plan', () => {
  test('is the newest that the repository has, by default, as latest and in a minor', async () => {
    await publish(['1.8.0', '1.9.0', '1.9.3', '1.10.0']);
    expect(await target()).toBe('1.10.0');
    expect(await target({ to: 'latest' })).toBe('1.10.0');
    expect(await target({ to: '1.9' })).toBe('1.9.3');
  });

  test('is the newest of the snapshots where the network is not to be used', async () => {
    await publish(['1.9.0']);
    expect(await target({ offline: true })).toBe(known);
    expect(await target({}, { HEX_OFFLINE: '1' })).toBe(known);
    expect(await target({ source: 'snapshots' })).toBe(known);
    expect(remote.asked).toEqual([]);
  });

  test('is the same where the newest cannot be generated, and that is said', async () => {
    await publish([], ['1.9.0']);
    expect(await target()).toBe(known);
    expect(said.find((line) => line.startsWith('Phoenix 1.9.0 is left out'))).toContain('System.halt/1');
    await expect(target({ source: 'hex' })).rejects.toMatchObject({ code: 'not-evaluated' });
  });
});

describe('a source that cannot give what is asked for', () => {
  test('is followed by the next, with a line that says why', async () => {
    const pack = mkdtempSync(join(tmpdir(), 'phx-upgrade-newest-pack-'));
    mkdirSync(join(pack, '1.5.0', 'default'), { recursive: true });
    await publish(['1.4.18', '1.8.0']);
    const { plan, withoutText } = await opened({ to: '1.8.0', pack });
    expect([plan.source, withoutText]).toEqual([{ from: 'hex', to: 'hex' }, null]);
    expect(said[0]).toMatch(/^pack: no Phoenix 1\.4\.18.* and 1\.8\.0; trying hex$/);
  });

  test('leaves the snapshots, and the plan says why', async () => {
    remote.answers.set('/packages/phx_new', (_, response) => response.writeHead(400).end());
    const { plan, withoutText } = await opened({ to: '1.8.0' });
    expect(plan.source).toEqual({ from: 'snapshots', to: 'snapshots' });
    expect(withoutText).toContain('the repository answered 400');
  });
});
