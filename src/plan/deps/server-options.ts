import type { ConfigEntry } from '../../elixir/config/model.ts';
import { eachOnce } from '../../findings/finding.ts';
import { type Draft, operationsOf } from '../draft.ts';
import type { DraftContext } from '../draft-pass.ts';
import { heldDraft } from '../held.ts';
import type { Finding } from '../plan.ts';

/** What Bandit takes below `http:` and `https:` of an endpoint; it does not start with any other key. */
const known = new Set(
  'plug scheme port ip keyfile certfile otp_app cipher_suite display_plug startup_log thousand_island_options http_options http_1_options http_2_options websocket_options'.split(
    ' ',
  ),
);

/** Where Bandit has the same. */
const counterparts: ReadonlyMap<string, string> = new Map([
  ['compress', 'http_options: [compress: …]'],
  ['protocol_options', 'http_options, http_1_options and thousand_island_options: [read_timeout: …]'],
  ['transport_options', 'thousand_island_options: [transport_options: …]'],
  ['num_acceptors', 'thousand_island_options: [num_acceptors: …]'],
  ['max_connections', 'thousand_island_options: [num_connections: …]'],
]);

/**
 * Leaves the change to Bandit to a person where the endpoint has options of Cowboy that it refuses, and names each. Behind steps
 * that take such options out it is as good as any.
 */
export function withServerOptions(
  drafts: readonly Draft[],
  { project }: Pick<DraftContext, 'project'>,
): readonly Draft[] {
  const brings = (draft: Draft) =>
    draft.id === 'bandit' &&
    draft.items.some(({ change, operations }) => change.target !== null && operations.length > 0);
  if (!drafts.some(brings)) return drafts;
  const refused = project.config.entries.filter(isRefused);
  const removals = drafts.filter((draft) => !brings(draft) && refused.some((entry) => removes(draft, entry)));
  const staying = refused.filter((entry) => !removals.some((draft) => removes(draft, entry)));
  return drafts.map((draft) => {
    if (!brings(draft)) return draft;
    if (staying.length > 0) return heldDraft(draft, findingsOf(staying), 'Bandit would not start with its options');
    return { ...draft, after: [...new Set([...draft.after, ...removals.map(({ id }) => id)])] };
  });
}

function isRefused({ keyPath: [, endpoint = '', scheme = '', key], overridden }: ConfigEntry): boolean {
  if (overridden || key === undefined || known.has(key)) return false;
  return endpoint.endsWith('.Endpoint') && (scheme === 'http' || scheme === 'https');
}

/** Whether a draft takes the very value out of its file. */
function removes(draft: Draft, { path, keyPath }: ConfigEntry): boolean {
  return operationsOf(draft).some(
    (operation) =>
      operation.kind === 'remove-config' &&
      operation.path === path &&
      operation.keyPath.every((key, at) => key === keyPath[at]),
  );
}

function findingsOf(entries: readonly ConfigEntry[]): Finding[] {
  const found = entries.map(({ keyPath: [, , , key = ''], path, line }): Finding => {
    const instead = counterparts.get(key);
    const message = `${key} is an option of Cowboy, and Bandit does not start with it${instead ? `: it has ${instead}` : ''}`;
    return { path, line, message };
  });
  return eachOnce(found);
}
