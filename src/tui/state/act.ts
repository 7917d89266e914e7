import { detailRows } from '../detail/detail.ts';
import { endCommands } from '../detail/end.ts';
import { ask } from './ask.ts';
import { apply, applySafe, applyThese, begin, choose, edit, skip, undo } from './decide.ts';
import { askArea, askStatus, filterBy, match, search } from './find.ts';
import { layout } from './layout.ts';
import { follow, move, moveRegion, shown } from './move.ts';
import { scrolledTo } from './selection.ts';
import { resumed, saving } from './start.ts';
import { type Action, refuse, type Size, type State, say, type Turn, turn } from './state.ts';
import { nextStop } from './way.ts';

type Handlers = {
  readonly [Kind in Action['kind']]: (state: State, action: Extract<Action, { kind: Kind }>) => Turn;
};

const handlers: Handlers = {
  go: (state, { screen }) => turn({ ...state, screen, pageScroll: 0, earlier: null, message: null }),
  move: (state, { motion }) => move(state, motion),
  focus: (state, { on }) => turn({ ...state, focus: on, message: null }),
  select: (state, { step }) => turn(shown(state, step)),
  follow,
  apply,
  'apply-these': (state, { steps }) => applyThese(state, steps),
  'apply-safe': applySafe,
  skip,
  'skip-forever': (state, { step, reason }) => {
    return begin(state, 'Writing .phx-upgrade.json', { kind: 'skip-forever', step, reason });
  },
  mark: (state, { step, why }) => begin(state, `Marking ${step} as done`, { kind: 'mark', step, why }),
  edit: (state, { path }) => edit(state, path),
  choose: (state, { choice, all }) => choose(state, choice, all),
  region: (state, { by }) => moveRegion(state, by),
  side: (state, { side }) => turn({ ...state, side }),
  undo,
  ask: (state, { question }) => ask(state, question),
  replan: (state, { wish }) => begin(state, 'Making the plan anew', { kind: 'replan', wish }),
  'go-on': goOnWithEarlier,
  'next-leg': goNextLeg,
  recover: (state, { how }) => {
    const busy = how === 'finish' ? 'Finishing what was stopped halfway' : 'Putting the files back';
    return begin(state, busy, { kind: 'recover', how });
  },
  leave: (state) => turn({ ...state, prompt: null }),
  'ask-area': askArea,
  'ask-status': askStatus,
  'filter-area': (state, { area }) => filterBy(state, { area }),
  'filter-status': (state, { status }) => filterBy(state, { status }),
  'show-all': (state) => filterBy(state, { all: !state.filter.all }),
  search: (state, { text }) => search(state, text),
  match: (state, { by }) => match(state, by),
  'ask-run': askRun,
  run: (state, { command }) => begin(state, 'Running the command', { kind: 'run', command }),
  help: (state) => turn({ ...state, prompt: { kind: 'help', scroll: 0 } }),
  resize: (state, { size }) => resized(state, size),
  quit: (state) => turn({ ...state, leaving: true, prompt: null }, ...saving(state)),
};

/** What an action leads to. Pure: the host is asked by the effects, and answers through `hear`. */
export function act(state: State, action: Action): Turn {
  const handler = handlers[action.kind] as (state: State, action: Action) => Turn;
  return handler(state, action);
}

function goOnWithEarlier(state: State): Turn {
  if (state.earlier === null) return refuse(state, 'There is no earlier walk to go on with.');
  return say(resumed(state, state.earlier), 'Going on where you stopped.');
}

function goNextLeg(state: State): Turn {
  const stop = nextStop(state);
  if (stop === null) return refuse(state, 'The way has no other leg.');
  return begin(state, `Making the plan to ${stop}`, { kind: 'replan', wish: { to: stop } });
}

function askRun(state: State): Turn {
  const command = endCommands(state)[state.command];
  if (command === undefined) return refuse(state, 'There is no command to run.');
  const action: Action = { kind: 'run', command };
  return turn({ ...state, prompt: { kind: 'confirm', text: `Run ${command} here?`, action } });
}

/** A larger window must not leave the detail scrolled past its end. */
function resized(state: State, size: Size): Turn {
  const sized = { ...state, size };
  return turn(scrolledTo(sized, state.scroll, detailRows(sized).length, layout(sized).detail.rows));
}
