import { describe, expect, test } from 'vitest';
import { namesOf, sampleNames } from '../../src/pristine/naming.ts';
import { renameProject } from '../../src/pristine/rename.ts';
import { memoryTree } from '../../src/project/tree.ts';

const long = 'config :sample_app, SampleAppWeb.Endpoint, http: [port: 4000], watchers: [], debug_errors: true\n';
const files = {
  'config/config.exs': `import Config\n\n${long}`,
  'config/dev.exs': `import Config\n\n${long}`,
  'config/test.exs': `import Config\n${long.replace(', http', ',\n    http')}`,
  'lib/sample_app.ex': long,
};

function renamed(version: string, app: string, flags: readonly string[] = []) {
  const entries = Object.entries(files).map(([path, text]) => [path, { bytes: Buffer.from(text) }] as const);
  const tree = renameProject(memoryTree(new Map(entries)), version, sampleNames(flags), namesOf(app, flags));
  const lines = (path: string) => tree.read(path)?.trim().split('\n').length;
  return {
    config: lines('config/config.exs'),
    dev: lines('config/dev.exs'),
    test: tree.read('config/test.exs'),
    lib: lines(`lib/${app}.ex`),
  };
}

describe('a project under a longer name', () => {
  test('has its configuration formatted as the generator does, and nothing else', () => {
    expect(renamed('1.8.12', 'the_sample_app')).toMatchObject({ config: 6, dev: 6, lib: 1 });
    expect(renamed('1.8.12', 'app')).toMatchObject({ config: 3, dev: 3, lib: 1 });
  });

  test('has only what takes settings of a database formatted before 1.7.8, in an umbrella all', () => {
    expect(renamed('1.7.7', 'the_sample_app')).toMatchObject({ config: 3, dev: 6 });
    expect(renamed('1.7.7', 'the_sample_app', ['--umbrella'])).toMatchObject({ config: 6, dev: 6 });
    expect(renamed('1.5.14', 'the_sample_app')).toMatchObject({ config: 3, dev: 3 });
  });

  test('keeps the lines of a file that was not formatted', () => {
    expect(renamed('1.8.12', 'the_sample_app').test).toBe(
      files['config/test.exs'].replace(/sample_app/, 'the_sample_app').replace('SampleApp', 'TheSampleApp'),
    );
  });
});
