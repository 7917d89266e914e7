/** Areas of a plan that deployment has observations in. */
export type DeployArea = 'releases' | 'docker' | 'deploy' | 'tooling' | 'config' | 'assets';

/** What is said of a topic, whatever was seen of it. */
export interface Said {
  readonly title: string;
  readonly why: string;
  readonly docs: string | null;
  readonly area: DeployArea;
  readonly need: 'required' | 'recommended' | 'cosmetic';
  /** `manual` where a person has to decide; operations, if any, are then only part of the answer. */
  readonly risk: 'safe' | 'review' | 'manual';
  /** Steps that must be done before. */
  readonly after: readonly string[];
  readonly commands: readonly string[];
}

/** A topic that is part of a change of the generator's: it joins the plan's topic of that name, which has the words. */
export interface Joining {
  readonly joins: string;
  /** Where it matters more than the generator's change alone. */
  readonly need?: Said['need'];
}

/** What a topic of deployment brings to the plan: its own words, or a part of another topic. */
export type Topic = Said | Joining;
