import { expect, test } from 'vitest';
import { conversionFaults, detectionFaults, load, standingFaults } from '../../scripts/verify/faults.ts';
import { namesOf, renameTree, sampleNames } from '../../src/pristine/naming.ts';
import { describePristine, pristineTree } from '../support/pristine.ts';

/** A sample of what `npm run verify pack` goes through in full: version, variant, target. */
const sample = [
  ['1.3.4', 'default', '1.8.8'],
  ['1.3.5', 'no-ecto', '1.4.18'],
  ['1.4.9', 'umbrella', '1.5.15'],
  ['1.5.9', 'live', '1.6.17'],
  ['1.5.15', 'binary-id', '1.6.0'],
  ['1.6.16', 'no-mailer', '1.7.24'],
  ['1.7.10', 'umbrella', '1.8.12'],
  ['1.7.14', 'no-html', '1.8.12'],
  ['1.7.21', 'sqlite3', '1.8.8'],
  ['1.8.0', 'default', '1.8.12'],
] as const;

describePristine('a generated project taken for a user’s', () => {
  test.each(sample)('%s %s: flags and version are found', (version, variant) => {
    expect(detectionFaults(load(pristineTree(version, variant)), version, variant)).toEqual([]);
  });
  test.each(sample)('%s %s: a plan to its own version has nothing open', (version, variant) => {
    expect(standingFaults(load(pristineTree(version, variant)), version)).toEqual([]);
  });
  test.each(sample)('%s %s: all edits to %s leave the facts of the target', (version, variant, to) => {
    expect(conversionFaults(load(pristineTree(version, variant)), version, to)).toEqual([]);
  });
});

describePristine('the same under other names', () => {
  test.each(sample)('%s %s: all edits to %s leave the facts of the target', (version, variant, to) => {
    const flags = variant === 'umbrella' ? ['--umbrella'] : [];
    const names = namesOf('till', flags, { module: 'Acme.Till', webModule: 'Acme.TillFront' });
    const loaded = load(renameTree(pristineTree(version, variant), sampleNames(flags), names));
    expect(loaded.project.names).toEqual(names);
    expect(detectionFaults(loaded, version, variant)).toEqual([]);
    expect(conversionFaults(loaded, version, to)).toEqual([]);
  });
});
