import { expect, test } from 'vitest';
import { Address, AddressMap } from '../../../src/facts/address.ts';
import type { Fact } from '../../../src/facts/fact.ts';
import { dockerEdits } from '../../../src/merge/edits/docker-edits.ts';
import type { EditContext } from '../../../src/merge/edits/edit-context.ts';

test('an order becomes the target’s: the user’s own list would bring back what an earlier step has changed', () => {
  const address = new Address('docker/build.order');
  const own = '["copy.lib", "copy.--from=tools /bin /bin", "run.mix assets.deploy", "run.mix compile"]';
  const wanted = '["copy.lib", "run.mix compile", "run.mix assets.deploy"]';
  const context = {
    yours: new AddressMap<Fact>([[address, { address, value: own }]]),
    target: new AddressMap<string>([[address, wanted]]),
    versions: {},
  } as unknown as EditContext;
  const edit = { address, yours: { address, value: own }, result: own };
  expect(dockerEdits(edit, context)).toMatchObject([
    { kind: 'docker-order', stage: 'build', keys: ['copy.lib', 'run.mix compile', 'run.mix assets.deploy'] },
  ]);
});
