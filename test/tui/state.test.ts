import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { areas, type Step, statuses } from '../../src/plan/plan.ts';
import { detailRows } from '../../src/tui/detail/detail.ts';
import { readProgress } from '../../src/tui/progress.ts';
import { type Answer, hear } from '../../src/tui/state/hear.ts';
import { layout } from '../../src/tui/state/layout.ts';
import { dependents, listedSteps, neededFirst, safeSteps, stepOf, undecidedSteps } from '../../src/tui/state/list.ts';
import { press } from '../../src/tui/state/press.ts';
import { progressOf, startState } from '../../src/tui/state/start.ts';
import type { Effect, State } from '../../src/tui/state/state.ts';
import { lineWidth, shortened } from '../../src/tui/text/line.ts';
import { keysLine, messageLines } from '../../src/tui/view/foot.ts';
import { listLines, titleLine } from '../../src/tui/view/rows.ts';
import { richPlan, step } from '../support/plans.ts';
import { atelierPlan } from './support/plans.ts';

const size = { columns: 80, rows: 24 };
const keys = [
  ...'ajksSeutmTMAr[]123/nNfFxEIq?yYbogGhlzq',
  'up',
  'down',
  'left',
  'right',
  'page-up',
  'page-down',
  'home',
  'end',
];
const anyKeys = fc.array(fc.constantFrom(...keys, 'enter', 'escape', 'tab', 'backspace', 'ctrl-c'), { maxLength: 60 });

/** Steps with random links, so that circles and unknown names come up too. */
const anyPlan: fc.Arbitrary<Plan> = fc
  .array(
    fc.record({
      area: fc.constantFrom(...areas.slice(0, 3)),
      status: fc.constantFrom(...statuses),
      risk: fc.constantFrom('safe', 'review', 'manual'),
      need: fc.constantFrom('required', 'recommended', 'cosmetic'),
      backlog: fc.boolean(),
      after: fc.array(fc.nat(9), { maxLength: 3 }),
    } as const),
    { maxLength: 8 },
  )
  .map((parts) => {
    const steps = parts.map((part, index): Step => {
      const findings = index % 3 === 0 ? [{ path: 'mix.exs', line: index + 1, message: 'look here' }] : [];
      return step({ ...part, id: `step-${index}`, after: part.after.map((to) => `step-${to}`), findings });
    });
    return { ...richPlan, steps };
  });

/** A host that does what it is asked at once, as a pure function. */
function answerOf(effect: Effect, plan: Plan): Answer | null {
  if (effect.kind === 'save') return null;
  if (effect.kind === 'lines') return { kind: 'lines', path: effect.path, line: effect.line, lines: ['one', 'two'] };
  if (effect.kind === 'run') return { kind: 'ran', command: effect.command, code: 0 };
  const done = effect.kind === 'apply' ? effect.steps : 'step' in effect ? [effect.step] : [];
  const steps = plan.steps.map((one): Step => (done.includes(one.id) ? { ...one, status: 'done' } : one));
  return { kind: 'outcome', deed: effect, outcome: { ok: true, message: 'ok', plan: { ...plan, steps } } };
}

function walked(
  plan: Plan,
  pressed: readonly string[],
  seen: (state: State, effects: readonly Effect[]) => void,
): State {
  let state = startState(plan, size, null);
  for (const key of pressed) {
    const turn = press(state, key);
    state = turn.state;
    seen(state, turn.effects);
    for (const effect of turn.effects) {
      const answer = answerOf(effect, state.plan);
      if (answer) state = hear(state, answer).state;
    }
    if (state.leaving) break;
  }
  return state;
}

describe('whatever keys are pressed', () => {
  test('the state can be drawn, and stands within its bounds', () => {
    fc.assert(
      fc.property(anyPlan, anyKeys, (plan, pressed) => {
        walked(plan, pressed, (state) => {
          const listed = listedSteps(state);
          if (listed.length > 0) expect(listed.map((item) => item.step.id)).toContain(state.selected);
          expect(state.scroll).toBeGreaterThanOrEqual(0);
          expect(state.scroll).toBeLessThanOrEqual(Math.max(0, detailRows(state).length - 1));
          const { list } = layout(state);
          const lines = [
            titleLine(state, 80),
            keysLine(state, 80),
            ...messageLines(state, 80),
            ...listLines(state, list.columns, list.rows),
          ];
          for (const line of lines) expect(lineWidth(shortened(line, 80))).toBeLessThanOrEqual(80);
        });
      }),
    );
  });

  test('a step is applied only when it can be, after all that it needs', () => {
    fc.assert(
      fc.property(anyPlan, anyKeys, (plan, pressed) => {
        walked(plan, pressed, (state, effects) => {
          for (const effect of effects.filter((one) => one.kind === 'apply')) {
            for (const [at, id] of effect.steps.entries()) {
              const applied = stepOf(state.plan, id);
              expect(['pending', 'declined']).toContain(applied?.status);
              const needed = applied ? neededFirst(state.plan, applied).map((one) => one.id) : [];
              const circular = needed.some((one) => stepOf(state.plan, one)?.after.includes(id));
              if (!circular) for (const one of needed) expect(effect.steps).toContain(one);
              expect(effect.steps.indexOf(id)).toBe(at);
            }
          }
        });
      }),
    );
  });

  test('the progress that is kept can be read again and leads to the same decisions', () => {
    fc.assert(
      fc.property(anyPlan, anyKeys, (plan, pressed) => {
        const state = walked(plan, pressed, () => {});
        const read = readProgress(JSON.parse(JSON.stringify(progressOf(state))));
        expect(read).toEqual(progressOf(state));
        const again = startState(state.plan, size, read);
        const resumed = press(again, 'enter').state;
        expect(resumed.decisions).toEqual(state.decisions);
        expect(undecidedSteps(resumed)).toEqual(undecidedSteps(state));
      }),
    );
  });
});

describe('links between steps', () => {
  const by = (id: string) => {
    const found = stepOf(atelierPlan, id);
    if (!found) throw new Error(id);
    return found;
  };

  test('what is needed first is followed to its end, in the order of the plan', () => {
    const chain = ['c', 'b', 'a'].map((id, at, all) => step({ id, after: all.slice(at + 1, at + 2) }));
    const plan = { ...atelierPlan, steps: [...chain].reverse() };
    const last = stepOf(plan, 'c');
    expect(last && neededFirst(plan, last).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('what is done needs nothing any more', () => {
    const done = atelierPlan.steps.map((one): Step => (one.id === 'elixir' ? { ...one, status: 'done' } : one));
    expect(neededFirst({ ...atelierPlan, steps: done }, by('listener'))).toEqual([]);
  });

  test('a circle ends', () => {
    const plan = { ...atelierPlan, steps: [step({ id: 'a', after: ['b'] }), step({ id: 'b', after: ['a'] })] };
    const first = stepOf(plan, 'a');
    expect(first && neededFirst(plan, first).map(({ id }) => id)).toEqual(['b']);
  });

  test('the step that needs this one is its dependent', () => {
    expect(dependents(atelierPlan, by('elixir')).map(({ id }) => id)).toEqual(['listener']);
  });

  test('a safe step that needs something unsafe is not applied with the others', () => {
    const state = startState(atelierPlan, size, null);
    expect(safeSteps(state, by('logger')).map(({ id }) => id)).toEqual([]);
    expect(safeSteps(state, by('listener')).map(({ id }) => id)).toEqual(['elixir', 'listener']);
  });
});

describe('progress', () => {
  test('of another target is not offered', () => {
    const progress = { ...progressOf(startState(atelierPlan, size, null)), to: '1.7.0' };
    expect(startState(atelierPlan, size, progress).earlier).toBeNull();
  });

  test('of another kind is no progress', () => {
    expect(readProgress({ schema: 'phx-upgrade/walk@2' })).toBeNull();
    expect(readProgress(null)).toBeNull();
  });

  test('is not written over while it is offered', () => {
    const progress = progressOf(startState(atelierPlan, size, null));
    expect(press(startState(atelierPlan, size, progress), 'q').effects).toEqual([]);
  });
});

describe('while the host works', () => {
  const busy = press({ ...startState(atelierPlan, size, null), screen: 'steps' }, 'a').state;

  test('keys wait, and are pressed when it is done', () => {
    expect(busy.busy).toBe('Applying elixir');
    const waiting = press(press(busy, 's').state, 's').state;
    expect(waiting).toEqual({ ...busy, waiting: ['s', 's'] });
    const deed = { kind: 'apply', steps: ['elixir'] } as const;
    const outcome = { ok: true, message: '', plan: atelierPlan };
    const { state } = hear(waiting, { kind: 'outcome', deed, outcome });
    expect(state.decisions.map(({ kind }) => kind)).toEqual(['apply', 'skip', 'skip']);
    expect(state.waiting).toEqual([]);
  });

  test('keys that counted on another answer are dropped', () => {
    const deed = { kind: 'apply', steps: ['elixir'] } as const;
    const outcome = { ok: false, message: 'Not now.', plan: atelierPlan };
    const { state } = hear(press(busy, 's').state, { kind: 'outcome', deed, outcome });
    expect([state.decisions, state.waiting, state.message?.text]).toEqual([[], [], 'Not now.']);
  });

  test('quitting is heard, and what the host did is still kept', () => {
    const leaving = press(busy, 'q').state;
    expect(leaving.leaving).toBe(true);
    const deed = { kind: 'apply', steps: ['elixir'] } as const;
    const answered = hear(leaving, { kind: 'outcome', deed, outcome: { ok: true, message: '', plan: atelierPlan } });
    expect(answered.effects).toMatchObject([{ kind: 'save', progress: { decisions: [deed] } }]);
  });
});
