import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { PbfWriter } from 'pbf';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The key that `registryEntry` signs with, as PEM. */
export const testKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
/** A key that signs nothing here. */
export const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

export interface PublishedRelease {
  readonly version: string;
  readonly tarball: Uint8Array;
  readonly retired?: string;
}

/** A package as the registry has it: gzip of a signed protobuf. */
export function registryEntry(name: string, releases: readonly PublishedRelease[], repository = 'hexpm'): Uint8Array {
  const payload = new PbfWriter();
  for (const { version, tarball, retired } of releases) {
    payload.writeMessage(
      1,
      (_: unknown, release: PbfWriter) => {
        release.writeStringField(1, version);
        if (retired !== undefined)
          release.writeMessage(4, (_inner: unknown, status: PbfWriter) => status.writeStringField(2, retired), null);
        release.writeBytesField(5, createHash('sha256').update(tarball).digest());
      },
      null,
    );
  }
  payload.writeStringField(2, name);
  payload.writeStringField(3, repository);
  const bytes = payload.finish();
  const signed = new PbfWriter();
  signed.writeBytesField(1, bytes);
  signed.writeBytesField(2, createSign('RSA-SHA512').update(bytes).sign(privateKey));
  return gzipSync(signed.finish());
}

/** A package's tarball; `contents` in place of the files' own makes a bad one. */
export async function tarballOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  contents?: Uint8Array,
): Promise<Uint8Array> {
  const inner = contents ?? gzipSync(await packTar(Object.entries(files).map(([name, body]) => entry(name, body))));
  const metadata = '{<<"app">>,<<"phx_new">>}.\n';
  const checksum = createHash('sha256').update('3').update(metadata).update(inner).digest('hex').toUpperCase();
  return packTar([
    entry('VERSION', '3'),
    entry('CHECKSUM', checksum),
    entry('metadata.config', metadata),
    entry('contents.tar.gz', inner),
  ]);
}

export function entry(name: string, body: string | Uint8Array): TarEntry {
  return { header: { name, size: Buffer.byteLength(body), type: 'file' }, body };
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A repository on this machine alone: what it answers by path, and what it was asked. */
export class LocalRepository {
  readonly asked: string[] = [];
  readonly answers = new Map<string, Uint8Array | Answering>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  publish(name: string, releases: readonly PublishedRelease[]): void {
    this.answers.set(`/packages/${name}`, registryEntry(name, releases));
    for (const { version, tarball } of releases) this.answers.set(`/tarballs/${name}-${version}.tar`, tarball);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** A proxy is asked for whole addresses. */
  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').replace(/^http:\/\/[^/]+/, '');
    this.asked.push(request.url ?? '');
    const answer = this.answers.get(path);
    if (typeof answer === 'function') answer(request, response);
    else if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': answer.length }).end(answer);
  }
}
