/** What kind of thing a fact is: the first segment of its address. */
export type FactArea = 'deps' | 'mix' | 'config' | 'supervision' | 'endpoint' | 'web' | 'docker' | 'release' | 'file';

/** A part of an umbrella: its root, the app with the business modules, the app with the endpoint. */
export type Member = 'root' | 'core' | 'web';
