import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Dispatcher } from 'undici';

/** A file of the repository, or why there is none. */
export type Answer =
  | { readonly kind: 'found'; readonly bytes: Uint8Array }
  /** The repository answered and has no such file. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string };

/** How files are fetched. */
export interface Transport {
  get(url: string, largest: number): Promise<Answer>;
}

/** What a fetch may take; tests take less. */
export interface Patience {
  readonly tries: number;
  /** Before the second try; each later one waits twice as long. */
  readonly pauseMs: number;
  /** Without any byte. */
  readonly silenceMs: number;
  /** For one try as a whole. */
  readonly tryMs: number;
}

/** A repository that can be reached is within a second; what drops packets would be waited for at every plan. */
const connectMs = 5_000;

const usualPatience: Patience = { tries: 3, pauseMs: 500, silenceMs: 15_000, tryMs: 120_000 };

interface TransportSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** File of further certificate authorities. */
  readonly authorities: string | null;
  readonly patience?: Patience;
  readonly signal?: AbortSignal | undefined;
}

/** Fetches over HTTP, through the proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Loads its library when first used. */
export function httpTransport({ env, authorities, patience = usualPatience, signal }: TransportSettings): Transport {
  let opened: Promise<Dispatcher> | null = null;
  return {
    get: async (url, largest) => {
      opened ??= dispatcherFor(env, authorities, patience);
      try {
        return await new Download({ url, largest, patience, signal, dispatcher: await opened }).run();
      } catch (error) {
        if (signal?.aborted || !(error instanceof Error)) throw error;
        // A file of authorities that is not there, an address of a proxy that is none.
        return { kind: 'failed', reason: reasonOf(error) };
      }
    },
  };
}

async function dispatcherFor(
  env: TransportSettings['env'],
  authorities: string | null,
  { silenceMs }: Patience,
): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('./undici.ts');
  const proxies = {
    httpProxy: env.HTTP_PROXY ?? env.http_proxy ?? '',
    httpsProxy: env.HTTPS_PROXY ?? env.https_proxy ?? '',
    noProxy: env.NO_PROXY ?? env.no_proxy ?? '',
  };
  const ca = authorities === null ? undefined : [...rootCertificates, await readFile(authorities, 'utf8')];
  return new EnvHttpProxyAgent({
    ...proxies,
    bodyTimeout: silenceMs,
    headersTimeout: silenceMs,
    connect: { timeout: Math.min(silenceMs, connectMs), ...(ca ? { ca } : {}) },
    ...(ca ? { requestTls: { ca } } : {}),
  });
}

interface DownloadSettings {
  readonly url: string;
  /** Bytes; more are not taken. */
  readonly largest: number;
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  readonly dispatcher: Dispatcher;
}

/** One file, fetched in as many tries as are allowed; a try goes on where the one before it broke off. */
class Download {
  readonly #settings: DownloadSettings;
  #parts: Uint8Array[] = [];
  #size = 0;
  #tag: string | null = null;

  constructor(settings: DownloadSettings) {
    this.#settings = settings;
  }

  async run(): Promise<Answer> {
    const { patience, signal } = this.#settings;
    let reason = '';
    for (let attempt = 0; attempt < patience.tries; attempt += 1) {
      if (attempt > 0) await pause(patience.pauseMs * 2 ** (attempt - 1), signal);
      const answer = await this.#attempt().catch((error: unknown) => {
        if (signal?.aborted) throw error;
        const said = error instanceof Error ? reasonOf(error) : String(error);
        return isLasting(error) ? { kind: 'failed' as const, reason: said } : said;
      });
      if (typeof answer !== 'string') return answer;
      reason = answer;
    }
    return { kind: 'failed', reason };
  }

  /** The answer, or why it is worth another try. */
  async #attempt(): Promise<Answer | string> {
    const { url, dispatcher, signal, patience } = this.#settings;
    const limit = AbortSignal.timeout(patience.tryMs);
    const { request } = await import('./undici.ts');
    const resumes = this.#size > 0 && this.#tag !== null;
    const headers: Record<string, string> = { 'user-agent': 'phx-upgrade' };
    if (resumes) Object.assign(headers, { range: `bytes=${this.#size}-`, 'if-range': this.#tag ?? '' });
    const response = await request(url, {
      dispatcher,
      headers,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (!isContent(response.statusCode)) {
      await response.body.dump();
      return refused(response.statusCode);
    }
    if (response.statusCode === 200) this.#begin(response.headers.etag);
    for await (const part of response.body) {
      this.#parts.push(part as Uint8Array);
      this.#size += (part as Uint8Array).length;
      if (this.#size > this.#settings.largest) {
        response.body.destroy();
        return { kind: 'failed', reason: `the answer is larger than ${this.#settings.largest >> 20} MB` };
      }
    }
    return { kind: 'found', bytes: Buffer.concat(this.#parts) };
  }

  #begin(tag: string | string[] | undefined): void {
    this.#parts = [];
    this.#size = 0;
    this.#tag = typeof tag === 'string' ? tag : null;
  }
}

function isContent(status: number): boolean {
  return status === 200 || status === 206;
}

/** Hex's store answers 403 for what it does not have. */
function refused(status: number): Answer | string {
  if (status === 404 || status === 403 || status === 410) return { kind: 'missing' };
  const reason = `the repository answered ${status}`;
  return status >= 500 || status === 429 ? reason : { kind: 'failed', reason };
}

function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message || error.name;
}

/** No address, nobody who listens or answers, a certificate of another: asking again would take as long and fail as well. */
const lasting =
  /^(?:UND_ERR_CONNECT_TIMEOUT|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

function isLasting(error: unknown): boolean {
  const causes = error instanceof Error ? [error, error.cause] : [];
  return causes.some((one) => one instanceof Error && 'code' in one && lasting.test(String(one.code)));
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
