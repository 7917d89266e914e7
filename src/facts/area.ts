/** What kind of thing a fact is: the first segment of its address. */
export type FactArea = 'deps' | 'mix' | 'config' | 'supervision' | 'endpoint' | 'web' | 'docker' | 'release' | 'file';
