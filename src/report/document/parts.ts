import { z } from 'zod';
import { phaseIds } from '../../plan/phases.ts';
import { type Area, areas, needs, risks, type Status, statuses, verdicts } from '../../plan/plan.ts';
import { softwares } from '../matrix.ts';
import { schemaAddress } from './opening.ts';

/** Parts that several documents share. Objects stay open to new keys: adding is no change of version. */

export const toolSchema = z.object({ version: z.string() }).meta({ description: 'The phx-upgrade that wrote this.' });

const placeSchema = z.object({ path: z.string(), line: z.int().min(1) });

export const findingSchema = placeSchema.extend({ message: z.string() });

export const sourceKindSchema = z.enum(['snapshots', 'pack', 'cache', 'hex', 'mix']);

export const matrixSchema = z.array(
  z.object({
    software: z.enum(softwares),
    places: z.array(placeSchema.extend({ version: z.string(), range: z.boolean() })),
    disagreements: z
      .array(z.tuple([placeSchema, placeSchema]))
      .meta({ description: 'Pairs of places that cannot both be met.' }),
  }),
);

export const blockerSchema = z.object({
  package: z.string(),
  locked: z.string().nullable(),
  cause: z
    .enum(['package', 'requirement'])
    .meta({ description: 'Whether the locked version refuses the target, or only the requirement in mix.exs does.' }),
  requires: z.array(z.object({ package: z.string(), requirement: z.string() })),
  liftedBy: z
    .string()
    .nullable()
    .meta({ description: 'The lowest version that lets the target in, where one is known.' }),
  at: placeSchema,
});

export const projectSchema = z.object({
  root: z.string(),
  app: z.string(),
  module: z.string(),
  webModule: z.string(),
  umbrella: z.boolean(),
  phoenix: z.object({ requirement: z.string().nullable(), locked: z.string().nullable() }),
  generatedBy: z.object({
    version: z.string().nullable(),
    confidence: z.number().min(0).max(1),
    evidence: z.array(z.string()),
  }),
  flags: z.array(z.object({ flag: z.string(), evidence: z.string() })),
  elixir: z.string().nullable(),
});

const whole = z.int().min(0);

function counts<Name extends string>(names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, whole])) as Record<Name, typeof whole>;
}

export const summarySchema = z.object({
  steps: whole,
  ...counts<Status>(statuses),
  byArea: z.object(counts<Area>(areas)).partial(),
});

export const accountSchema = z.object({
  hunks: whole,
  covered: whole,
  leftOut: z.array(
    z.object({
      path: z.string(),
      hunks: whole,
      reason: z.enum(['comment-only', 'declined', 'ignored', 'needs-source', 'binary', 'yours']),
    }),
  ),
});

const editKindSchema = z.enum(['modify', 'create', 'delete', 'rename']);

export const editSchema = z.object({
  path: z.string(),
  kind: editKindSchema,
  from: z.string().optional().meta({ description: 'Former path of a rename.' }),
  patch: z.string(),
});

export const stepSchema = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  docs: z.string().nullable(),
  since: z.string().nullable(),
  area: z.enum(areas),
  need: z.enum(needs),
  backlog: z.boolean(),
  status: z.enum(statuses),
  risk: z.enum(risks),
  phase: z
    .enum(phaseIds)
    .optional()
    .meta({ description: 'The stretch of the upgrade it belongs to; absent where nothing is ahead.' }),
  after: z.array(z.string()),
  together: z.array(z.string()).optional().meta({ description: 'Steps that only hold along with this one.' }),
  changes: z.array(
    z.object({
      address: z.string(),
      verdict: z.enum(verdicts),
      base: z.string().nullable(),
      yours: z.string().nullable(),
      target: z.string().nullable(),
      at: placeSchema.nullable(),
      note: z.string().optional(),
    }),
  ),
  edits: z.array(editSchema),
  conflicts: z.array(
    placeSchema.extend({
      address: z.string().optional().meta({ description: 'Of the value; absent for a region of a file.' }),
      base: z.string(),
      yours: z.string(),
      target: z.string(),
    }),
  ),
  commands: z.array(z.string()),
  findings: z.array(findingSchema),
  rewrites: z
    .object({
      rewritten: whole,
      left: z.array(findingSchema).meta({ description: 'Places that stay as they are, each with its reason.' }),
    })
    .optional()
    .meta({ description: "What becomes of the places in the project's own code that the step rewrites." }),
  heldBy: z
    .array(findingSchema)
    .optional()
    .meta({ description: 'Where the project would not hold together if the step were carried out.' }),
});

/** Opening of every document: its name with the schema's version, and where the JSON Schema is published. */
export function heading<Name extends string>(name: Name) {
  return { $schema: z.literal(schemaAddress(name)), schema: z.literal(`phx-upgrade/${name}@1` as const) };
}
