/** A generator of Phoenix's whose code is looked for in projects. */
export interface Generator {
  readonly task: string;
  /** The run that its history is made of, under the stored names. */
  readonly call: string;
  /** Flags that change what is written, one run each; one that a version does not know is left out there. */
  readonly variants: readonly string[];
  /** Functions that it writes, with the part of their names that is the schema's; two of them are a sign of it. */
  readonly marks: RegExp;
  /** The marks, without that part, that stand in its context. */
  readonly ofContext: RegExp;
  /** Where a text says the word of its paths. */
  readonly path?: RegExp;
  /** Versions from which on it writes another design, under which what it wrote before works on: none is brought unasked. */
  readonly redesigns: readonly string[];
  /** What it writes, in a few words that follow a context's name: `login`. */
  readonly what: string;
}

export const generators: readonly Generator[] = [
  {
    task: 'phx.gen.auth',
    call: 'phx.gen.auth Qcontext Qschema qplurals',
    variants: ['--live', '--no-live', '--live --hashing-lib argon2', '--live --binary-id', '--no-live --binary-id'],
    marks:
      /^ +defp? (?:log_in_(\w+?)|log_out_(\w+?)|fetch_current_(\w+?)|require_authenticated_(\w+?)|generate_(\w+?)_session_token|get_(\w+?)_by_session_token)\(/gm,
    ofContext: /^(?:generate|get)__?(?:by_)?session_token/,
    redesigns: ['1.7.0', '1.8.0'],
    what: 'login',
    path: /"\/(?:[\w/]*\/)?(\w+)\/log[-_]?in\b/,
  },
];
