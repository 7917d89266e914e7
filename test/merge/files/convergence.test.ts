import { expect, it } from 'vitest';
import { describePristine, pristineTree } from '../../support/pristine.ts';
import { type Journey, travel } from './convergence.ts';

/** A sample of what `npm run verify files` goes through in full. */
const journeys: readonly Journey[] = [
  { from: '1.3.4', to: '1.4.17', variant: 'default', app: 'sample_app' },
  { from: '1.4.17', to: '1.5.14', variant: 'no-ecto', app: 'atelier' },
  { from: '1.5.14', to: '1.6.16', variant: 'umbrella', app: 'sample_app' },
  { from: '1.6.16', to: '1.7.21', variant: 'default', app: 'sample_app' },
  { from: '1.7.21', to: '1.8.8', variant: 'no-html', app: 'sample_app' },
  { from: '1.3.4', to: '1.8.8', variant: 'default', app: 'atelier' },
  { from: '1.3.4', to: '1.8.8', variant: 'umbrella', app: 'atelier' },
];

describePristine('an untouched project', () => {
  it.each(journeys)('from $from becomes the one of $to ($variant, $app)', async (journey) => {
    const { different, open, hunks } = await travel(journey, pristineTree);
    expect(different).toEqual([]);
    expect(open).toEqual([]);
    expect(hunks).toBeGreaterThan(0);
  });
});
