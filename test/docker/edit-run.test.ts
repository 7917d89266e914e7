import { describe, expect, test } from 'vitest';
import { mergeStage } from '../../src/docker/edit-merge-stage.ts';
import { replaceRun } from '../../src/docker/edit-run.ts';

const run = ['cd kiln', 'npm ci', 'npm run fire', 'cd ..'];
const becomes = ['mix kiln.setup', 'mix kiln.fire'];

describe('a run of commands becomes another', () => {
  test.each([
    ['a line', 'cd kiln && npm ci && npm run fire && cd ..\nls\n', 'mix kiln.setup && mix kiln.fire\nls\n'],
    ['lines', 'cd kiln\nnpm ci\nTEMP=9 npm run fire\ncd ..\n', 'mix kiln.setup\nmix kiln.fire\n'],
    [
      'continued lines',
      'RUN cd kiln \\\n  && npm ci \\\n  && npm run fire \\\n  && cd ..\n',
      'RUN mix kiln.setup \\\n  && mix kiln.fire\n',
    ],
    [
      'a text in quotes',
      '["sh", "-c", "cd kiln; npm ci; npm run fire; cd .."]',
      '["sh", "-c", "mix kiln.setup; mix kiln.fire"]',
    ],
  ])('in %s', (_name, text, wanted) => {
    const once = replaceRun(text, run, becomes);
    expect(once).toEqual({ ok: true, text: wanted });
    expect(replaceRun(wanted, run, becomes)).toEqual(once);
  });

  test.each([
    ['something stands between', 'cd kiln && npm ci && ls && npm run fire && cd ..\n'],
    ['a command has more words', 'cd kiln && npm ci --dry && npm run fire && cd ..\n'],
    ['it is a comment', '# cd kiln && npm ci && npm run fire && cd ..\n'],
  ])('not where %s', (_name, text) => {
    expect(replaceRun(text, run, becomes).ok).toBe(false);
  });
});

describe('a stage whose result is made where it was copied', () => {
  const image = (more = '') =>
    `FROM clay AS deps\n\n# Fires.\nFROM node:20 AS kiln\nRUN npm ci\n\n# Ships.\nFROM deps AS build\nCOPY --from=kiln /out out\n${more}`;

  test('goes, with what is said above it', () => {
    const wanted = 'FROM clay AS deps\n\n# Ships.\nFROM deps AS build\nRUN mix kiln.fire\n';
    expect(mergeStage(image(), 'kiln', 'mix kiln.fire')).toEqual({ ok: true, text: wanted });
    expect(mergeStage(wanted, 'kiln', 'mix kiln.fire')).toEqual({ ok: true, text: wanted });
  });

  test('stays where it is copied from twice', () => {
    expect(mergeStage(image('COPY --from=kiln /map map\n'), 'kiln', 'mix kiln.fire').ok).toBe(false);
  });
});
