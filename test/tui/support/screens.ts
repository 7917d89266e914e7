import { atelierPlan } from './plans.ts';
import { Walking } from './walking.ts';

async function after(setup: { columns: number; rows: number }, ...keys: readonly string[]): Promise<string> {
  const walking = new Walking(atelierPlan, setup);
  await walking.sees('to the steps');
  await walking.press(...keys);
  await walking.until(() => !walking.screen.text.includes('Applying'), 'for the host');
  const { lines } = walking.screen;
  await walking.leave();
  return lines.join('\n').trimEnd();
}

async function spoken(): Promise<string> {
  const walking = new Walking(atelierPlan, { plain: true });
  await walking.hears('Number:');
  await walking.line('1');
  await walking.hears('Step 1 of');
  const text = walking.written.slice(walking.written.indexOf('Step 1 of'));
  await walking.leave();
  return text.trimEnd();
}

const small = { columns: 80, rows: 24 };
const large = { columns: 120, rows: 30 };

/** The screens that docs/walkthrough.md shows, by name, as the walkthrough draws them now. */
export const documentedScreens: Readonly<Record<string, () => Promise<string>>> = {
  start: () => after(small),
  steps: () => after(small, 'enter'),
  wide: () => after(large, 'enter', 'j', 'j', 'j'),
  applied: () => after(small, 'enter', 'a'),
  conflict: () => after({ columns: 160, rows: 20 }, 'enter', 'j', 'j', 't'),
  help: () => after({ columns: 80, rows: 48 }, 'enter', '?'),
  end: () => after(small, 'enter', 'a', 's', 'E'),
  plain: spoken,
};

/** The document with every screen drawn anew: the block below a comment `screen: NAME`. */
export async function withScreens(document: string): Promise<string> {
  let text = document;
  for (const [name, draw] of Object.entries(documentedScreens)) {
    const block = new RegExp(`(<!-- screen: ${name} -->\\n\`\`\`text\\n)[^\`]*(\`\`\`)`);
    if (!block.test(text)) throw new Error(`docs/walkthrough.md has no block for the screen ${name}`);
    const screen = await draw();
    text = text.replace(block, (_, open: string, close: string) => `${open}${screen}\n${close}`);
  }
  return text;
}
