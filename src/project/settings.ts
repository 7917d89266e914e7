import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCollection, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { UpgradeError } from '../errors/error.ts';
import { contentsWithin } from './contents.ts';
import { sharedMemorySchema } from './memory.ts';
import { settingsFile } from './settings-file.ts';
import { decode } from './tree.ts';

/** Names to leave out of plans, each with the reason why. */
const reasons = z.record(z.string(), z.string().trim().min(1)).optional();

const settingsSchema = z.strictObject({
  /** Version that plans start from, in place of the locked one. */
  from: z.string().optional(),
  /** Version that the project was generated with. */
  origin: z.string().optional(),
  /** Generator flags, in place of those that are detected. */
  flags: z.array(z.string()).optional(),
  /** An upgrade under way that everybody who works on the project counts from. */
  upgrade: sharedMemorySchema.optional(),
  /** What shows that the project works, for `apply --verify`: commands, and how many minutes each may take. */
  verify: z
    .strictObject({
      commands: z.array(z.string().trim().min(1)).min(1).optional(),
      minutes: z.number().positive().optional(),
    })
    .optional(),
  ignore: z.strictObject({ paths: reasons, addresses: reasons, topics: reasons, steps: reasons }).optional(),
});

/** What the user has settled for one project, in `.phx-upgrade.json`. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings in a project's root; empty where there is no file. Throws `bad-settings` with the line, `unreadable-file`. */
export function readSettings(root: string): Settings {
  const text = readSettingsText(root);
  return text === null ? {} : parseSettings(text);
}

/** The settings as they are written; null where there is no file. Throws `unreadable-file`. */
export function readSettingsText(root: string): string | null {
  const bytes = contentsWithin(root, settingsFile);
  if (bytes === null) return null;
  const text = decode(bytes);
  if (text !== undefined) return text;
  const reason =
    bytes === undefined ? 'it is no plain file of this project, too large, or not to be opened' : 'it is no text';
  throw new UpgradeError('unreadable-file', { path: settingsFile, reason });
}

/** Settings from the text of the file. Throws `bad-settings` with the line: mistyped keys are errors too. */
export function parseSettings(text: string): Settings {
  const value = jsonOf(text.replace(/^\uFEFF/, ''));
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refusal(issue ? placeOf(text, issue) : 1, issue ? reasonOf(issue) : 'it does not fit');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    // V8 names the place for most mistakes, and none where the text ends too early.
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
    throw refusal(text.slice(0, offset).split('\n').length, 'this is no JSON');
  }
}

function refusal(line: number, reason: string): UpgradeError {
  return new UpgradeError('bad-settings', { path: settingsFile, line, reason });
}

type Issue = z.core.$ZodIssue;

function reasonOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `there is no key ${issue.keys.join(', ')}`;
  const key = issue.path.join('.') || 'the file';
  return `${key} does not fit (${issue.message})`;
}

/** Line of the key that an issue is about. JSON is YAML, whose parser keeps places. */
function placeOf(text: string, issue: Issue): number {
  const counter = new LineCounter();
  const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [])];
  const offset = keyOffset(documentOf(text, counter), path.map(String));
  return counter.linePos(offset).line;
}

function documentOf(text: string, lineCounter: LineCounter): unknown {
  try {
    return parseDocument(text, { lineCounter }).contents;
  } catch {
    // JSON may be nested deeper than this parser's stack: then the first line has to do.
    return null;
  }
}

function keyOffset(node: unknown, [key, ...rest]: readonly string[]): number {
  if (!isCollection(node)) return 0;
  const here = node.range?.[0] ?? 0;
  if (key === undefined) return here;
  for (const [index, item] of node.items.entries()) {
    const pair = item as { readonly key?: unknown; readonly value?: unknown; readonly range?: readonly number[] };
    if (isScalar(pair.key) && String(pair.key.value) === key) {
      return rest.length > 0 && isCollection(pair.value) ? keyOffset(pair.value, rest) : (pair.key.range?.[0] ?? here);
    }
    if (pair.key === undefined && String(index) === key) return pair.range?.[0] ?? here;
  }
  return here;
}

/**
 * Writes the settings whole or not at all. Empty parts are left out, and a file that would say nothing is removed.
 * Throws `write-failed`.
 */
export function writeSettings(root: string, settings: Settings): void {
  const said = withoutEmpty({ ...settings, ignore: withoutEmpty(settings.ignore ?? {}) });
  writeSettingsText(root, Object.keys(said).length === 0 ? null : `${JSON.stringify(said, null, 2)}\n`);
}

/** Writes the file whole or not at all; null removes it. Throws `write-failed`. */
export function writeSettingsText(root: string, text: string | null): void {
  const path = join(root, settingsFile);
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    if (text === null) {
      rmSync(path, { force: true });
      return;
    }
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UpgradeError('write-failed', { path: settingsFile, reason }, error);
  }
}

/** An empty list of flags says something: that there are none. */
function withoutEmpty(parts: object): object {
  const isEmpty = (part: unknown) =>
    part === undefined || (typeof part === 'object' && !Array.isArray(part) && Object.keys(part ?? {}).length === 0);
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => !isEmpty(part)));
}
