import { type Editors, withChanges } from '../../elixir/edited.ts';
import type { SetVersion } from './operation.ts';

/** The keys, tools and images under which a version stands: `otp-version`, `erlang`, `ELIXIR_VERSION`, `hexpm/elixir:`. */
const names: Readonly<Record<SetVersion['software'], string>> = {
  elixir: String.raw`[\w-]*elixir[\w-]*`,
  otp: String.raw`[\w-]*(?:erlang|otp)[\w-]*`,
};

/** Between the name and the version: a colon, `=`, a list's dash or bracket, quotes. A file of its own has no name. */
const joint = String.raw`["']?\s*[:=-]?\s*(?:-\s+)?\[?\s*["'(]*v?`;

/** Edits of versions outside of Elixir and Dockerfiles. What a comment says stays. */
export const versionEditors: Editors<SetVersion> = {
  'set-version': (text, { software, from, to, otp }) => {
    const stated = from.replace(/\./g, String.raw`\.`);
    const pattern = new RegExp(
      String.raw`(^v?|(?:^|[\s,{"'/-])${names[software]}${joint})(${stated})(-otp-\d+)?(?![\w.])`,
      'gi',
    );
    const changes = [...text.matchAll(pattern)]
      .filter(({ index }) => !/(?:^|\s)#.*$/.test(text.slice(text.lastIndexOf('\n', index) + 1, index)))
      .map(({ index, 0: all, 1: before = '', 3: suffix }) => ({
        start: index + before.length,
        end: index + all.length,
        text: to + (suffix === undefined ? '' : `-otp-${otp}`),
      }));
    return { ok: true, text: withChanges(text, changes) };
  },
};
