import { performance } from 'node:perf_hooks';
import type { Plan } from '../src/plan/plan.ts';
import { largePlan } from '../test/support/plans.ts';
import { longPlan } from '../test/tui/support/plans.ts';
import { Walking } from '../test/tui/support/walking.ts';

/**
 * Times from a key press until its frame is written, on the largest plans: `NODE_ENV=production tsx bench/tui.tsx`.
 * The terminal is in memory, so that what is measured is the walkthrough and not a terminal. Where other programs
 * keep the processor busy, the second row of figures, processor time, is the one to compare.
 */

const plans: Readonly<Record<string, Plan>> = {
  '2,000 steps': largePlan(2000),
  'a patch of 20,000 lines': longPlan(20_000),
};
const sizes = [
  [80, 24],
  [200, 60],
] as const;
const rounds = 200;

/** Keys that redraw most of the screen: along the list, then through the patch. */
const inList = ['j', 'page-down', 'k', 'end', 'home'];
const inDetail = ['j', 'page-down', 'page-down', 'G', 'k', 'page-up', 'l', 'h'];

interface Times {
  readonly wall: readonly number[];
  readonly processor: readonly number[];
}

async function timesOf(walking: Walking, keys: readonly string[]): Promise<Times> {
  const [wall, processor]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const before = walking.frames;
    const [began, used] = [performance.now(), process.cpuUsage()];
    await walking.press(keys[round % keys.length] ?? 'j');
    if (walking.frames === before) continue;
    const { user, system } = process.cpuUsage(used);
    wall.push(walking.lastFrame - began);
    processor.push((user + system) / 1000);
  }
  return { wall, processor };
}

function figures(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => {
    const time = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return `${time.toFixed(1)} ms`.padStart(9);
  };
  return `median ${at(0.5)}   95th percentile ${at(0.95)}   slowest ${at(1)}`;
}

function print(name: string, { wall, processor }: Times): void {
  console.log(`  ${name.padEnd(8)}${figures(wall)}`);
  console.log(`  ${'(CPU)'.padEnd(8)}${figures(processor)}`);
}

for (const [name, plan] of Object.entries(plans)) {
  for (const [columns, rows] of sizes) {
    const began = performance.now();
    const walking = new Walking(plan, { columns, rows });
    await walking.sees('to the steps');
    const first = walking.lastFrame - began;
    await walking.press('enter', 'x');
    const list = await timesOf(walking, inList);
    await walking.press('home', 'tab');
    const detail = await timesOf(walking, inDetail);
    await walking.leave();
    console.log(`${name}, ${columns}x${rows}: first screen ${first.toFixed(0)} ms`);
    print('list', list);
    print('detail', detail);
  }
}
