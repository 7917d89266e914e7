import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areas } from '../../src/plan/plan.ts';
import { plainStep } from '../../src/topics/plain-step.ts';

test.each([
  [
    'config/prod/shop.ShopWeb.Endpoint.check_origin',
    'add',
    'config-prod-shop-shopweb-endpoint-check-origin',
    'Add shop.ShopWeb.Endpoint.check_origin in the configuration of prod',
    'config',
  ],
  [
    'config/all/phoenix.logger',
    'remove',
    'config-all-phoenix-logger',
    'Remove phoenix.logger in the configuration',
    'config',
  ],
  ['deps/briefly', 'add', 'deps-briefly', 'Add the dep briefly', 'deps'],
  ['deps/briefly.only', 'add', 'deps-briefly', 'Add the dep briefly', 'deps'],
  ['deps@web/briefly', 'change', 'deps-web-briefly', 'Change the dep briefly (web)', 'deps'],
  ['mix/aliases.lint', 'change', 'mix-aliases-lint', 'Change aliases.lint in mix.exs', 'mix'],
  ['file/assets/js/app.js', 'change', 'file-assets-js-app-js', 'Change assets/js/app.js', 'assets'],
  ['file/test/support/factory.ex', 'remove', 'file-test-support-factory-ex', 'Remove test/support/factory.ex', 'tests'],
  ['web/router.pipeline.api', 'change', 'web-router-pipeline-api', 'Change pipeline.api in the router', 'web'],
] as const)('%s, %s', (address, kind, id, title, area) => {
  expect(plainStep({ address, kind })).toEqual({ id, title, area });
});

test('any address has an id for the command line and an area users filter by', () => {
  const address = fc.tuple(
    fc.constantFrom('deps', 'mix', 'config', 'supervision@core', 'endpoint', 'web@web', 'docker', 'release', 'file'),
    fc.string({ minLength: 1 }),
  );
  fc.assert(
    fc.property(address, ([area, rest]) => {
      const step = plainStep({ address: `${area}/${rest}`, kind: 'change' });
      expect(step.id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(areas).toContain(step.area);
    }),
  );
});
