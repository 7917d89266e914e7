/** Files that findings of the test plans point into. */
export const findingFiles: Readonly<Record<string, readonly string[]>> = {
  'config/runtime.exs': Array.from({ length: 40 }, (_, index) => {
    return index === 30 ? 'config :shop, ShopWeb.Endpoint, force_ssl: [hsts: true]' : `# line ${index + 1} of the shop`;
  }),
};
