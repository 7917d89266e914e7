import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HexRepository } from '../../../../src/pristine/sources/hex/repository.ts';
import { hexSettings } from '../../../../src/pristine/sources/hex/settings.ts';
import { httpTransport, type Patience } from '../../../../src/pristine/sources/hex/transport.ts';
import { entry, LocalRepository, otherKey, registryEntry, tarballOf, testKey } from './signed-registry.ts';

let remote: LocalRepository;
let directory: string;
let said: string[];

beforeEach(async () => {
  remote = new LocalRepository();
  await remote.start();
  directory = mkdtempSync(join(tmpdir(), 'phx-upgrade-hex-'));
  said = [];
});

afterEach(() => {
  remote.stop();
  rmSync(directory, { recursive: true, force: true });
});

const usual: Patience = { tries: 3, pauseMs: 1, silenceMs: 500, tryMs: 5_000 };

interface Opened {
  readonly env?: Record<string, string>;
  readonly offline?: boolean;
  readonly key?: string;
  readonly patience?: Patience;
}

function open({ env = {}, offline = false, key = testKey, patience = usual }: Opened = {}): HexRepository {
  const all = { HOME: join(directory, 'home'), HEX_MIRROR: remote.url, ...env };
  const settings = hexSettings(all, join(directory, 'cache'), offline, key);
  const transport = httpTransport({ env: all, authorities: settings.authorities, patience });
  return new HexRepository(settings, transport, (line) => said.push(line));
}

async function published(files: Record<string, string> = { 'mix.exs': 'x' }, retired?: string): Promise<Uint8Array> {
  const tarball = await tarballOf(files);
  remote.publish('phx_new', [{ version: '1.8.0', tarball, ...(retired === undefined ? {} : { retired }) }]);
  return tarball;
}

/** Nothing but the registry's entry may be kept of a package that is refused. */
function keptPackages(): string[] {
  const folder = join(directory, 'cache', 'hex', 'packages');
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe('a package of the repository', () => {
  test('is fetched, verified, unpacked and kept', async () => {
    await published({ 'mix.exs': 'a', 'templates/x/y.ex': 'é' });
    const files = await open().files('phx_new', '1.8.0');
    expect([...(files ?? [])].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['mix.exs', 'a'],
      ['templates/x/y.ex', 'é'],
    ]);
    expect(remote.asked).toEqual(['/packages/phx_new', '/tarballs/phx_new-1.8.0.tar']);
    expect(said).toEqual(['fetching phx_new 1.8.0']);
    expect(await open().files('phx_new', '1.8.0')).toEqual(files);
    expect(await open({ offline: true }).files('phx_new', '1.8.0')).toEqual(files);
    expect(await open({ env: { HEX_OFFLINE: '1' } }).files('phx_new', '1.8.0')).toEqual(files);
    expect(remote.asked).toHaveLength(2);
  });

  test('the registry is asked again after a day, and its old entry serves where it does not answer', async () => {
    await published();
    await open().releases('phx_new');
    const kept = join(directory, 'cache', 'hex', 'registry', 'phx_new');
    utimesSync(kept, new Date(0), new Date(0));
    remote.answers.set('/packages/phx_new', registryEntry('phx_new', []));
    expect(await open().releases('phx_new')).toEqual([]);
    await published();
    utimesSync(kept, new Date(0), new Date(0));
    remote.answers.set('/packages/phx_new', (_, response) => response.writeHead(500).end());
    expect(await open().releases('phx_new')).toEqual([]);
  });

  test('that the user’s own Hex has fetched is not fetched again', async () => {
    const tarball = await published();
    const own = join(directory, 'home', '.hex', 'packages', 'hexpm');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'phx_new-1.8.0.tar'), tarball);
    expect((await open().files('phx_new', '1.8.0'))?.has('mix.exs')).toBe(true);
    expect(remote.asked).toEqual(['/packages/phx_new']);
    expect((await open({ offline: true, env: { HEX_MIRROR: '' } }).files('phx_new', '1.8.0'))?.size).toBe(1);
  });

  test('a damaged copy in a cache is fetched anew', async () => {
    await published();
    await open().files('phx_new', '1.8.0');
    const copy = join(directory, 'cache', 'hex', 'packages', 'phx_new-1.8.0.tar');
    writeFileSync(copy, 'damaged');
    expect((await open().files('phx_new', '1.8.0'))?.has('mix.exs')).toBe(true);
    expect(readFileSync(copy).length).toBeGreaterThan(100);
  });

  test('that is not there, or not without the network, is none', async () => {
    await published();
    expect(await open().files('phx_new', '1.9.0')).toBeNull();
    expect(await open().files('nobody', '1.0.0')).toBeNull();
    expect(await open({ offline: true, env: { HOME: '/nowhere' } }).files('phoenix', '1.8.0')).toBeNull();
    remote.answers.delete('/tarballs/phx_new-1.8.0.tar');
    expect(await open().files('phx_new', '1.8.0')).toBeNull();
  });

  test('that its authors took back says so', async () => {
    await published({ 'mix.exs': 'x' }, 'use 1.8.1');
    await open().files('phx_new', '1.8.0');
    expect(said.at(-1)).toBe('phx_new 1.8.0 was taken back by its authors: use 1.8.1');
  });
});

describe('what is not to be trusted', () => {
  test('another key', async () => {
    await published();
    await expect(open({ key: otherKey }).files('phx_new', '1.8.0')).rejects.toMatchObject({
      code: 'package-untrusted',
    });
    await expect(open({ key: otherKey }).files('phx_new', '1.8.0')).rejects.toThrow('another signature');
    expect(existsSync(join(directory, 'cache', 'hex'))).toBe(false);
  });

  test('one byte of the tarball changed', async () => {
    const tarball = await published();
    const changed = Uint8Array.from(tarball);
    changed[600] = (changed[600] ?? 0) ^ 1;
    remote.answers.set('/tarballs/phx_new-1.8.0.tar', changed);
    await expect(open().files('phx_new', '1.8.0')).rejects.toMatchObject({ code: 'package-untrusted', exit: 3 });
    expect(keptPackages()).toEqual([]);
  });

  test('any byte of the registry entry changed', async () => {
    const tarball = await tarballOf({ 'mix.exs': 'x' });
    const good = registryEntry('phx_new', [{ version: '1.8.0', tarball }]);
    for (let at = 12; at < good.length; at += 29) {
      const changed = Uint8Array.from(good);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      remote.answers.set('/packages/phx_new', changed);
      await expect(open().files('phx_new', '1.8.0')).rejects.toMatchObject({ code: 'package-untrusted' });
    }
  });

  test('the entry of another package or repository, and what is none', async () => {
    const tarball = await tarballOf({ 'mix.exs': 'x' });
    const others = [
      registryEntry('phoenix', [{ version: '1.8.0', tarball }]),
      registryEntry('phx_new', [{ version: '1.8.0', tarball }], 'acme'),
      new TextEncoder().encode('<html>'),
      gzipSync('text'),
      gzipSync(Buffer.alloc(64 << 20)),
    ];
    for (const other of others) {
      remote.answers.set('/packages/phx_new', other);
      await expect(open().files('phx_new', '1.8.0')).rejects.toMatchObject({ code: 'package-untrusted' });
    }
  });
});

describe('a package that is signed and bad', () => {
  async function refusal(contents: Uint8Array): Promise<string> {
    const tarball = await tarballOf({}, contents);
    remote.publish('phx_new', [{ version: '1.8.0', tarball }]);
    const error = await open()
      .files('phx_new', '1.8.0')
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'bad-package', exit: 3 });
    expect(keptPackages()).toEqual([]);
    rmSync(join(directory, 'cache'), { recursive: true });
    return error.message;
  }

  test.each(['../x', '/etc/x', 'a/../../x', 'a\\..\\x', '.git/config', 'CON'])('a path %s', async (path) => {
    expect(await refusal(gzipSync(await packTar([entry(path, 'x')])))).toContain('leads out of it');
  });

  const link = (name: string, linkname: string) => ({ header: { name, type: 'symlink' as const, linkname, size: 0 } });

  test.each(['/etc/passwd', '../x', '../../etc/passwd', 'a/x'])('a link to %s, which is not in it', async (target) => {
    expect(await refusal(gzipSync(await packTar([link('a/x', target)])))).toContain('which is not in it');
  });

  test('a pipe', async () => {
    const pipe = { header: { name: 'x', type: 'fifo' as never, size: 0 } };
    expect(await refusal(gzipSync(await packTar([pipe])))).toContain('no plain file');
  });

  test('a link to a file in it is that file', async () => {
    const contents = gzipSync(await packTar([link('priv/a/x.ex', '../b.ex'), entry('priv/b.ex', 'text')]));
    remote.publish('phx_new', [{ version: '1.8.0', tarball: await tarballOf({}, contents) }]);
    const files = await open().files('phx_new', '1.8.0');
    expect(new TextDecoder().decode(files?.get('priv/a/x.ex'))).toBe('text');
  });

  test('a bomb', async () => {
    expect(await refusal(gzipSync(Buffer.alloc(100 << 20)))).toContain('more than 64 MB');
  });

  test('no archive, and too many files', async () => {
    expect(await refusal(new TextEncoder().encode('x'))).toContain('not compressed');
    const many = Array.from({ length: 5_001 }, (_, index) => entry(`f${index}`, 'x'));
    expect(await refusal(gzipSync(await packTar(many)))).toContain('more than 5000 files');
  });

  test('two paths that are one on some systems', async () => {
    expect(await refusal(gzipSync(await packTar([entry('a.ex', 'x'), entry('A.ex', 'y')])))).toContain('twice');
  });
});

describe('the connection', () => {
  test('that breaks off is gone on with where it broke', async () => {
    const tarball = await published();
    const ranges: (string | undefined)[] = [];
    remote.answers.set('/tarballs/phx_new-1.8.0.tar', (request, response) => {
      ranges.push(request.headers.range);
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, { etag: '"x"', 'content-length': tarball.length - from });
      if (from > 0) response.end(tarball.subarray(from));
      else response.write(tarball.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
    });
    expect((await open().files('phx_new', '1.8.0'))?.has('mix.exs')).toBe(true);
    expect(ranges).toEqual([undefined, 'bytes=1000-']);
  });

  test('that fails for a while is tried again, three times', async () => {
    await published();
    const entryBytes = remote.answers.get('/packages/phx_new') as Uint8Array;
    let tries = 0;
    remote.answers.set('/packages/phx_new', (_, response) => {
      tries += 1;
      if (tries < 3) response.writeHead(503).end();
      else response.writeHead(200).end(entryBytes);
    });
    expect(await open().releases('phx_new')).toHaveLength(1);
    remote.answers.set('/packages/phx_new', (_, response) => response.writeHead(503).end());
    rmSync(join(directory, 'cache'), { recursive: true });
    await expect(open().releases('phx_new')).rejects.toMatchObject({ code: 'no-repository', exit: 3 });
  });

  test('that says nothing is given up', async () => {
    remote.answers.set('/packages/phx_new', () => undefined);
    await expect(open().releases('phx_new')).rejects.toMatchObject({ code: 'no-repository' });
  });

  test('that sends a byte now and then is given up too', async () => {
    remote.answers.set('/packages/phx_new', (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(drip));
    });
    const hurried = open({ patience: { ...usual, tries: 2, tryMs: 300 } });
    await expect(hurried.releases('phx_new')).rejects.toMatchObject({ code: 'no-repository', exit: 3 });
  });

  test.each([{ HEX_CACERTS_PATH: '/no/such/authorities.pem' }, { HTTP_PROXY: 'http://' }])(
    'with settings that mean nothing says so: %j',
    async (env) => {
      await published();
      await expect(open({ env }).releases('phx_new')).rejects.toMatchObject({ code: 'no-repository', exit: 3 });
    },
  );

  test('that nobody answers is not tried again', async () => {
    const dead = open({ env: { HEX_MIRROR: 'http://127.0.0.1:1' } });
    await expect(dead.releases('phx_new')).rejects.toMatchObject({ code: 'no-repository' });
  });

  test('an answer without end is cut', async () => {
    remote.answers.set('/packages/phx_new', (_, response) => {
      response.writeHead(200);
      const more = () => response.write(Buffer.alloc(1 << 20), (error) => (error ? undefined : more()));
      more();
    });
    await expect(open().releases('phx_new')).rejects.toThrow('larger than 8 MB');
  });

  test('goes through a proxy, and past it where NO_PROXY says so', async () => {
    await published();
    const tunnels: string[] = [];
    const proxy = createServer().on('connect', (request, socket: Socket) => {
      tunnels.push(request.url ?? '');
      const target = connect(Number(new URL(remote.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const proxied = open({ env: { HEX_MIRROR: 'http://hex.example', HTTP_PROXY: address } });
    expect(await proxied.releases('phx_new')).toHaveLength(1);
    expect(tunnels).toEqual(['hex.example:80']);
    proxy.closeAllConnections();
    proxy.close();
    rmSync(join(directory, 'cache'), { recursive: true });
    const direct = open({ env: { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1' } });
    expect(await direct.releases('phx_new')).toHaveLength(1);
  });
});

describe('settings', () => {
  const from = (env: Record<string, string>) => hexSettings(env, '/cache', false);

  test('are those of Hex', () => {
    expect(from({}).url).toBe('https://repo.hex.pm');
    expect(from({ HEX_MIRROR_URL: 'https://mirror.example/' }).url).toBe('https://mirror.example');
    expect(from({ HEX_MIRROR: 'https://a.example', HEX_TRUSTED_MIRROR: 'https://b.example' }).url).toBe(
      'https://b.example',
    );
    expect(from({ HEX_OFFLINE: 'true' }).offline).toBe(true);
    expect(from({ HEX_CACERTS_PATH: '/ca.pem' }).authorities).toBe('/ca.pem');
    expect(from({ HEX_HOME: '/h' }).ownPackages).toEqual(['/h/packages/hexpm']);
  });
});
