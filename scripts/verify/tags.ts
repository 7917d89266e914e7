import { execFileSync, spawnSync } from 'node:child_process';

/** Files of a git tag below some folders, by path; reads the repository and needs no work tree. */
export function filesOfTag(repository: string, tag: string, folders: readonly string[]): Map<string, Uint8Array> {
  const listed = git(repository, ['ls-tree', '-r', '-z', tag, ...folders])
    .toString('utf8')
    .split('\0');
  const entries = listed.flatMap((line) => {
    const [, hash, path] = /^\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
    return hash && path ? [{ hash, path }] : [];
  });
  const { stdout } = spawnSync('git', ['-C', repository, 'cat-file', '--batch'], {
    input: entries.map(({ hash }) => `${hash}\n`).join(''),
    maxBuffer: 1 << 28,
  });
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (const { path } of entries) {
    const end = stdout.indexOf('\n', at);
    const size = Number(stdout.subarray(at, end).toString('utf8').split(' ')[2]);
    files.set(path, stdout.subarray(end + 1, end + 1 + size));
    at = end + size + 2;
  }
  return files;
}

export function tagsOf(repository: string): string[] {
  return git(repository, ['tag', '--list', 'v*']).toString('utf8').split('\n');
}

function git(repository: string, args: readonly string[]): Buffer {
  return execFileSync('git', ['-C', repository, ...args], { maxBuffer: 1 << 26 });
}

/** The files below a folder, without it. */
export function below(files: ReadonlyMap<string, Uint8Array>, folder: string): Map<string, Uint8Array> {
  const found = [...files].filter(([path]) => path.startsWith(`${folder}/`));
  return new Map(found.map(([path, bytes]) => [path.slice(folder.length + 1), bytes]));
}
