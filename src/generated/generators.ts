/** How the code of one call of a generator is known in a project. */
export interface Marks {
  /** Functions that it writes, with the part of their names that is the schema's; two of them are a sign of it. */
  readonly functions: RegExp;
  /** The marks, without that part, that stand in its context. */
  readonly ofContext: RegExp;
  /** Where a text says the word of its paths. */
  readonly path: RegExp;
}

/** A generator of Phoenix's whose code is looked for in projects. */
export interface Generator {
  readonly task: string;
  /** The run that its history is made of, under the stored names. */
  readonly call: string;
  /** Fields that it is run with, one run each; what comes out alike depends on none. Empty for one that takes none. */
  readonly fields: readonly string[];
  /** Flags that change what is written, one run each; one that a version does not know is left out there. */
  readonly variants: readonly string[];
  /** Null for what is written for a resource, which is known by the functions of its context. */
  readonly marks: Marks | null;
  /** Versions from which on it writes another design, under which what it wrote before works on: none is brought unasked. */
  readonly redesigns: readonly string[];
  /** The design that nobody is taken over to: it wants other routes. Null where there is none. */
  readonly end: string | null;
  /** What it writes, in a few words that follow a context's name: `login`. */
  readonly what: string;
}

/** Of all types that forms, tables and tests tell apart, in two sets that have no name in common. */
const fields = ['qone:string qtwo:integer qthree:boolean', 'qfour:text qfive:date qsix:decimal qseven:float'];

/** What belongs to the web alone: context and schema are what `phx.gen.context` writes, whichever generator calls it. */
const webPart = '--no-context --no-schema';

export const generators: readonly Generator[] = [
  {
    task: 'phx.gen.auth',
    call: 'phx.gen.auth Qcontext Qschema qplurals',
    fields: [],
    variants: ['--live', '--no-live', '--live --hashing-lib argon2', '--live --binary-id', '--no-live --binary-id'],
    marks: {
      functions:
        /^ +defp? (?:log_in_(\w+?)|log_out_(\w+?)|fetch_current_(\w+?)|require_authenticated_(\w+?)|generate_(\w+?)_session_token|get_(\w+?)_by_session_token)\(/gm,
      ofContext: /^(?:generate|get)__?(?:by_)?session_token/,
      path: /"\/(?:[\w/]*\/)?(\w+)\/log[-_]?in\b/,
    },
    redesigns: ['1.7.0', '1.8.0'],
    end: null,
    what: 'login',
  },
  {
    task: 'phx.gen.context',
    call: 'phx.gen.context Qcontext Qschema qplurals',
    fields,
    variants: [''],
    marks: null,
    redesigns: [],
    end: null,
    what: 'context',
  },
  {
    task: 'phx.gen.html',
    call: `phx.gen.html Qcontext Qschema qplurals ${webPart}`,
    fields,
    variants: [''],
    marks: null,
    redesigns: ['1.6.0', '1.7.0', '1.8.0'],
    end: null,
    what: 'pages',
  },
  {
    task: 'phx.gen.json',
    call: `phx.gen.json Qcontext Qschema qplurals ${webPart}`,
    fields,
    variants: [''],
    marks: null,
    redesigns: ['1.7.0'],
    end: null,
    what: 'JSON',
  },
  {
    task: 'phx.gen.live',
    call: `phx.gen.live Qcontext Qschema qplurals ${webPart}`,
    fields,
    variants: [''],
    marks: null,
    redesigns: ['1.6.0', '1.7.0'],
    end: '1.8.0',
    what: 'LiveViews',
  },
];
