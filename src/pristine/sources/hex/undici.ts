/**
 * What the transport needs of undici, loaded only when something is asked of the network. undici is CommonJS: once bundled
 * it gives its names to a static import alone, so this module stands between.
 */
export { EnvHttpProxyAgent, request } from 'undici';
