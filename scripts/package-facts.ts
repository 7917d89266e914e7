/**
 * Makes the facts of packages in `snapshots/packages/` from checkouts of their repositories (work trees or bare ones, with tags), or
 * checks them. Without a directory, the check looks at what is stored alone.
 *
 *     tsx scripts/package-facts.ts [--check] [DIR…]
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PackageDocument } from '../src/packages/document.ts';
import { packageDocument, packageIndex } from '../src/packages/source/assemble.ts';
import { PackageCheckout } from './package-checkout.ts';

const directory = resolve(import.meta.dirname, '../snapshots/packages');
/** What all files together may have, so that the package stays small. */
const mostBytes = 1_500_000;

function stored(): PackageDocument[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.json') && name !== 'index.json');
  return names.map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')));
}

/** One line an address at most, so that a new version reads as a short diff. */
function text(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

const check = process.argv.includes('--check');
const directories = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
mkdirSync(directory, { recursive: true });
const files = new Map<string, string>();
for (const one of directories) {
  const { name, versions } = new PackageCheckout(resolve(one)).read();
  const document = packageDocument(name, versions);
  files.set(`${name}.json`, text(document));
  if (!check) writeFileSync(join(directory, `${name}.json`), text(document));
  console.log(
    `${name} ${versions.length} versions, ${Object.keys(document.modules).length} modules, ${text(document).length} bytes`,
  );
}
const documents = stored();
files.set('index.json', text(packageIndex(documents)));
if (!check) writeFileSync(join(directory, 'index.json'), text(packageIndex(documents)));

const differing = [...files].filter(([name, made]) => readFileSync(join(directory, name), 'utf8') !== made);
const bytes = readdirSync(directory).reduce((sum, name) => sum + readFileSync(join(directory, name)).length, 0);
for (const [name] of differing) console.log(`${name} differs from what its source states`);
console.log(`${documents.length} packages, ${bytes} bytes of ${mostBytes}`);
process.exitCode = differing.length === 0 && bytes <= mostBytes ? 0 : 1;
